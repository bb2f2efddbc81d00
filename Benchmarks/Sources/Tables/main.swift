// What distilling gains on public tables, by the same command that users run: every family on splits of every table.
//
//   Benchmarks/run Tables             all tables, three splits each
//   Benchmarks/run Tables --quick     the small ones, one split each, in about ten minutes
//   Benchmarks/run Tables Glass tree  tables and families whose names hold one of the words
let words = CommandLine.arguments.dropFirst()
let study = try TableStudy(quick: words.contains("--quick"), words: words.filter { !$0.hasPrefix("--") })
try await study.report()
