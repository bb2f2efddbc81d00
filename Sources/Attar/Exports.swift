// What answers rows is a module of its own, without the libraries that learning takes. Who learns has all of it.
@_exported public import AttarRuntime
