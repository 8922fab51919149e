import ArgumentParser
import Runs

/// The program's commands.
struct Therapi: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "therapi",
    abstract: "From portals' files to verified 978-gene cohort stores.",
    discussion: """
      Examples:
        therapi ingest ingest-configs/tcga-toil.yaml -o tcga.h5ad
        therapi align --config align-configs/gdsc-tcga.yaml --source gdsc.h5ad --target tcga.h5ad
        therapi embed rank tcga.h5ad --model geneformer-v1-10m
        therapi train gdsc.h5ad --perturbation csg2a-small.safetensors -o runs/pairs
        therapi inspect tcga.h5ad
        therapi survival tcga.h5ad
        therapi verify *.h5ad
        therapi export tcga.h5ad --to csv --gzip
        therapi figure heterogeneity tcga.h5ad -o heterogeneity.svg
        therapi genes genes.txt

      Exit codes: 0 done; 2 the input is at fault (files, configuration, arguments, an unsound store); 1 a failure \
      of the program or the machine.

      Errors go to standard error. With --json, standard output always holds one JSON document: the result, or \
      {"error": {...}} with cause, remedy and place.
      """,
    version: ToolVersion.current,
    subcommands: [
      IngestCommand.self, AlignCommand.self, EmbedCommand.self, TrainCommand.self, ScoreCommand.self, MergeCommand.self,
      EvaluateCommand.self, SurvivalCommand.self, FigureCommand.self, RunCommand.self, ReportCommand.self,
      InspectCommand.self, VerifyCommand.self, ExportCommand.self, GenesCommand.self, ModelsCommand.self,
    ])
}
