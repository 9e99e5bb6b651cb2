extension Configuration { var echo: String { "{}" } }
