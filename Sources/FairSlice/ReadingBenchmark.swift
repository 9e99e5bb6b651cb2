import Glibc
import Results
import TableIngest

/// Reads columns and says what it cost, for the project's benchmarks.
///
/// - Parameters:
///   - data: the path of a table
///   - columns: the names of those to read
///   - threads: how many to read with, at least 1
/// - Throws: `FairSliceError` where the file is missing or cannot be read
/// - Returns: rows, and seconds of processor time that the whole process took
public func measureReading(
  data: String, columns: [String], threads: Int
) throws(FairSliceError) -> (rows: Int, processorSeconds: Double) {
  try reported { () throws(Failure) in
    let request = ReadRequest(columns: columns.map { .init(name: $0) }, threads: threads)
    let outcome = try TableReader.read(path: data, request)
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let seconds = [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }
    return (outcome.rowsRead - outcome.rejectedCount, seconds[0] + seconds[1])
  }
}
