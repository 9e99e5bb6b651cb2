import Glibc

let interruptions = Interruption.watch()
let status = withExtendedLifetime(interruptions) { Program.run(Array(CommandLine.arguments.dropFirst())) }
Interruption.giveWay()
exit(status)
