# workerd's configuration, one rendering for each pool. Filled in by configuration.py.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  # Wrapped objects are freed only by major collections: a small heap makes those frequent and cheap. Without these
  # two flags the process grew to 1.5 GB under load; with them it stays below 300 MB.
  v8Flags = ["--initial-old-space-size=8", "--max-semi-space-size=2"],
  services = [
    (name = "edge", worker = (
      modules = [
        ${modules}
      ],
      compatibilityDate = ${compatibility_date},
      bindings = [
        (name = "LOADER", workerLoader = (id = "apps")),
        (name = "STORE", service = "store"),
        ${bindings}
      ],
      globalOutbound = "internet",
    )),
    ${services}
    (name = "store", disk = (path = ${store}, writable = false)),
    (name = "internet", network = (allow = ${networks}, tlsOptions = (trustBrowserCas = true))),
  ],
  # Addresses come with the command line: listening sockets belong to the launcher.
  sockets = [
    (name = "http", http = (), service = "edge"),
    (name = "health", http = (), service = "edge"),
  ],
);
