import Results

extension ServerScorer {
  /// How columns become a request.
  package enum Layout: String, Sendable, CaseIterable {
    /// A tensor for each column.
    case columns
    /// An object for each row; TensorFlow Serving only.
    case rows
    /// One tensor with a row for each row and all columns, which must be numbers or all be categories.
    case matrix
  }

  /// The type of a tensor of numbers.
  package enum NumberType: String, Sendable, CaseIterable {
    case fp32 = "FP32"
    case fp64 = "FP64"
    case int64 = "INT64"
  }

  /// What stands for a missing number, for which JSON has no sign.
  package enum MissingNumber: String, Sendable, CaseIterable {
    /// `null`
    case null
    /// `NaN`, which is no JSON but read by servers in C++
    case nan
    /// Rows with missing numbers are an error.
    case refused
  }

  package struct Options: Sendable, Equatable {
    /// Version of the model; nil for the server's choice.
    package var version: String?
    /// nil: `columns` for KServe, `rows` for TensorFlow Serving.
    package var layout: Layout?
    /// Whether a column's tensor has the shape [rows] and not [rows, 1].
    package var isFlat = false
    /// Name of the tensor of the layout `matrix` (KServe).
    package var matrixName = "input-0"
    package var numberType = NumberType.fp64
    /// Types of columns that are not `numberType`.
    package var numberTypes: [String: NumberType] = [:]
    /// nil: `null` for KServe, `nan` for TensorFlow Serving.
    package var missingNumber: MissingNumber?
    /// The text that stands for a missing category.
    package var missingText = ""
    /// The signature (TensorFlow Serving) and the content type (MLServer: `pd`) of requests.
    package var signature: String?
    package var contentType: String?
    /// Name of the output tensor; nil where there is one only.
    package var output: String?
    /// Names of the score columns. One name for two numbers a row takes the second, the positive class.
    package var outputs = ["score"]
    package var batchRows = 4096
    /// Requests at the same time.
    package var concurrency = 4
    /// Time for each request.
    package var seconds = 60.0
    /// How often a request is sent at most, where the server was busy or the connection failed.
    package var attempts = 4
    /// Answers that are worth another try.
    package var retriedStatuses: Set<Int> = [429, 502, 503, 504]
    /// The wait before the second try, which doubles, and its limit, which also bounds `Retry-After`.
    package var firstWaitSeconds = 0.5
    package var longestWaitSeconds = 30.0
    /// Name of the environment variable that holds a bearer token.
    package var tokenVariable: String?
    package var largestAnswerBytes = 64 << 20

    package init() {}

    func check(_ kind: Kind) throws(Failure) {
      let isSane =
        !outputs.isEmpty && Set(outputs).count == outputs.count && (1...10_000_000).contains(batchRows)
        && (1...256).contains(concurrency) && seconds > 0 && seconds < 1e6 && (1...100).contains(attempts)
        && firstWaitSeconds >= 0 && longestWaitSeconds >= 0 && longestWaitSeconds < 1e6
        && largestAnswerBytes > 0
      guard isSane else {
        throw Failure(
          .data,
          "a prediction server needs different outputs, batches of 1 row at least, 1 to 256 requests at a time, 1 to 100 attempts, and times above 0"
        )
      }
      if kind == .kserve, layout == .rows {
        throw Failure(
          .data, "KServe has no requests by rows", advice: "The layouts are columns and matrix.")
      }
    }
  }
}
