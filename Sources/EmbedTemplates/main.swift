import Foundation
import Templating

/// Usage: EmbedTemplates TYPE OUTPUT FOLDER [PATH…]. Writes the Swift file OUTPUT that holds the files PATH of FOLDER;
/// refuses templates that do not parse or that include what does not exist, in the compiler's format for errors.
func embed(_ arguments: [String]) -> Int32 {
  guard arguments.count >= 4 else {
    return refuse("usage: \(arguments.first ?? "EmbedTemplates") TYPE OUTPUT FOLDER [PATH…]")
  }
  var sources: [String: String] = [:]
  var files: [String: String] = [:]
  for path in arguments.dropFirst(4) {
    let file = URL(filePath: arguments[3]).appending(path: path).path
    guard let data = FileManager.default.contents(atPath: file) else {
      return refuse("\(file): error: unreadable")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      return refuse("\(file): error: not UTF-8")
    }
    guard let name = TemplateLibrary.name(ofFile: path) else { return refuse("\(file): error: no template") }
    if let other = files[name] { return refuse("\(file): error: has the same name as \(other)") }
    sources[name] = text
    files[name] = file
  }
  do throws(TemplateError) {
    _ = try TemplateLibrary(sources: sources, strict: true)
  } catch {
    let file = files[error.template] ?? error.template
    return refuse("\(file):\(error.line):\(error.column): error: \(error.message)")
  }
  let text = SourceFile.text(extending: arguments[1], with: sources)
  do {
    try Data(text.utf8).write(to: URL(filePath: arguments[2]), options: .atomic)
  } catch {
    return refuse("\(arguments[2]): error: cannot be written: \(error)")
  }
  return 0
}

func refuse(_ message: String) -> Int32 {
  FileHandle.standardError.write(Data((message + "\n").utf8))
  return 1
}

exit(embed(CommandLine.arguments))
