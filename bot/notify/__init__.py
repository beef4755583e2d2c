"""Mail on its way out: writing it, and handing it to a server or a folder."""
