extension Configuration {
  /// What the names of the second model's columns begin with in a task of several labels. In a file of its own they are
  /// those of the first model unless others are said.
  var secondPrefixes: (score: String?, decision: String?) {
    if baselineScore != nil || baselineDecision != nil || baselineData == nil {
      return (baselineScore, baselineDecision)
    }
    return (task.scorePrefix, task.decisionPrefix)
  }
}
