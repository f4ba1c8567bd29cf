"""How the parts become one running installation: settings, routes, servers, the supervisor."""
