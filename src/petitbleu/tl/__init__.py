"""TL: the wire language. Schema as data, one set of classes in the newest layer's form, every
layer on the wire.

``from petitbleu.tl import api, codec``: build ``api.User(id=1)``, write ``codec.encode(obj,
layer)``, read ``codec.decode(data)``. Knows nothing of MTProto, of rooms or of the store.
"""
