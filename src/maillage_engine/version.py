"""The version of the semantics: it changes whenever the same problem may give another result."""

ENGINE_VERSION = "1.0"
