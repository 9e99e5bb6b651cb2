import Report
import ReportTemplates
import Testing

/// The page's script without what only its writer needs.
@Suite struct ScriptTextTests {
  @Test(arguments: [
    ("const a = 1;\n  // why\n  b( a , 2 );\n", "const a=1;b(a,2);\n"),
    ("a\n  + b", "a\n+b\n"), ("a\n  ? b\n  : c", "a?b:c\n"), ("x = {\n  a: 1,\n};\ny", "x={a:1,};y\n"),
    ("if (a) {\n  b\n}\nc", "if(a){b}\nc\n"), ("a + +b - -c + ++d", "a+ +b- -c+ ++d\n"),
    ("a /* two\nlines */ b", "a\nb\n"), ("return 'a  b' + \"// c\"", "return'a  b'+\"// c\"\n"),
    ("x = ` a ${ b ? ` // ${ c }` : '}' }  `", "x=` a ${ b ? ` // ${ c }` : '}' }  `\n"),
    ("x = a / b / c", "x=a/b/c\n"), ("x.match( / [/ ]\\/  $/ )", "x.match(/ [/ ]\\/  $/)\n"),
    ("return / a/.test(b)", "return/ a/.test(b)\n"), ("a / / b/.x", "a/ / b/.x\n"),
    ("/a/ in b", "/a/ in b\n"), ("a < ! --b", "a< !--b\n"), ("'it\\'s  ' + 1", "'it\\'s  '+1\n"),
    ("const é = 1\nlet b", "const é=1\nlet b\n"),
  ])
  func blanksThatMeanNothingGo(script: String, expected: String) {
    #expect(ScriptText.stripped(script) == expected)
  }

  /// What is stripped stays as it is, and keeps every byte that is no blank and no comment.
  @Test func builtInScriptsKeepTheirTokens() throws {
    let scripts = EmbeddedTemplates.sources.filter { $0.key.hasSuffix(".js") }
    #expect(scripts.count >= 3)
    for (name, script) in scripts {
      let stripped = ScriptText.stripped(script)
      #expect(ScriptText.stripped(stripped) == stripped, "\(name)")
      let lines = script.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
      func solid(_ text: some Sequence<Character>) -> String { String(text.filter { !$0.isWhitespace }) }
      #expect(solid(stripped) == solid(lines.joined()), "\(name)")
      #expect(stripped.utf8.count < script.utf8.count * 9 / 10, "\(name)")
    }
  }
}
