/// What complaints about one sort of configuration point to: the page that explains its keys, and examples from it.
package struct ConfigurationManual: Sendable {
  let page: String
  let setting: String
  let nestedKey: String
  let list: String
  let unrecorded: Set<String>

  /// `page` explains every key; `setting` is an example of `key=value`, `nestedKey` of a dotted key, `list` of setting
  /// a list; `unrecorded` are top-level keys whose settings belong to one machine and are not recorded.
  package init(page: String, setting: String, nestedKey: String, list: String, unrecorded: Set<String> = []) {
    (self.page, self.setting, self.nestedKey, self.list) = (page, setting, nestedKey, list)
    self.unrecorded = unrecorded
  }
}
