import ArgumentParser

@main
struct Therapi: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "therapi", abstract: "From portals' files to verified 978-gene cohort stores.")
}
