import Foundation
import PackagePlugin

/// Compiles the files of /Templates into the target that uses the plugin.
@main
struct TemplateEmbedding: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "Templates")
    let files = try templates(in: folder)
    let output = context.pluginWorkDirectoryURL.appending(path: "\(target.name)+Sources.swift")
    return [
      .buildCommand(
        displayName: "Embedding templates",
        executable: try context.tool(named: "EmbedTemplates").url,
        arguments: ["EmbeddedTemplates", output.path, folder.path] + files,
        inputFiles: files.map { folder.appending(path: $0) },
        outputFiles: [output])
    ]
  }

  /// The paths of the template files below a folder, sorted. A file that goes changes the command's arguments, so
  /// that too runs it again.
  private func templates(in folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { path in
        !path.split(separator: "/").contains { $0.hasPrefix(".") }
          && [".mustache", ".css", ".js"].contains { path.hasSuffix($0) }
      }
      .sorted()
  }
}
