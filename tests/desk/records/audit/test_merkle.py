"""The tree against the test vectors of RFC 6962's implementations, and against itself."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from petitbleu.desk.records.audit import merkle
from petitbleu.desk.records.audit.merkle import Edge, Tree

# The inputs and roots of Certificate Transparency's reference tests (merkletree/merkle_tree_test).
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "60616263646566676869"]
INPUTS[-1] += "6a6b6c6d6e6f"
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [hashlib.sha256(b"\x00" + bytes.fromhex(one)).digest() for one in INPUTS]


def test_roots_are_those_of_certificate_transparency() -> None:
    edge = Edge()
    for size, leaf in enumerate(LEAVES, 1):
        edge.add(leaf)
        assert edge.root().hex() == ROOTS[size - 1]
        assert Tree(LEAVES[:size]).root().hex() == ROOTS[size - 1]
    assert Edge().root() == Tree([]).root() == hashlib.sha256(b"").digest()


def test_proofs_are_those_of_certificate_transparency() -> None:
    assert [one.hex()[:8] for one in Tree(LEAVES).inclusion(0)] == [
        *("96a296d2", "5f083f0a", "6b47aaf2"),
    ]
    assert [one.hex()[:8] for one in Tree(LEAVES).inclusion(5)] == [
        *("bc1a0643", "ca854ea1", "d37ee418"),
    ]
    assert [one.hex()[:8] for one in Tree(LEAVES).consistency(6)] == [
        *("0ebc5d34", "ca854ea1", "d37ee418"),
    ]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 70), st.data())
def test_every_proof_is_accepted_and_every_changed_one_refused(
    size: int, data: st.DataObject
) -> None:
    leaves = [hashlib.sha256(b"%d" % n).digest() for n in range(size)]
    tree = Tree(leaves)
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion(index)
    assert merkle.included(leaves[index], index, size, path, tree.root())
    assert not merkle.included(bytes(32), index, size, path, tree.root())
    assert not merkle.included(leaves[index], index, size, [*path, bytes(32)], tree.root())
    assert not merkle.included(leaves[index], index, size + 64, path, tree.root())
    if size > 1:
        assert not merkle.included(leaves[index], (index + 1) % size, size, path, tree.root())
    first = data.draw(st.integers(1, size))
    old = Tree(leaves[:first]).root()
    growth = tree.consistency(first)
    assert merkle.consistent(first, size, growth, old, tree.root())
    assert not merkle.consistent(first, size, growth, bytes(32), tree.root())
    assert not merkle.consistent(first, size, growth, old, bytes(32))
    assert not merkle.consistent(first, size, [*growth, bytes(32)], old, tree.root())


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 100), st.integers(0, 100))
def test_a_tree_goes_on_from_its_edge(before: int, more: int) -> None:
    leaves = [hashlib.sha256(b"%d" % n).digest() for n in range(before + more)]
    edge = Edge()
    for leaf in leaves[:before]:
        edge.add(leaf)
    kept = Edge(edge.size, edge.roots)
    for leaf in leaves[before:]:
        kept.add(leaf)
    assert kept.root() == Tree(leaves).root()


def test_growth_from_an_edge_is_proved_as_from_all_leaves() -> None:
    leaves = [hashlib.sha256(b"%d" % n).digest() for n in range(70)]
    edge = Edge()
    for size in range(1, 70):
        edge.add(leaves[size - 1])
        for end in range(size, 70):
            found = merkle.growth(size, edge.roots, leaves[size:end])
            assert found == Tree(leaves[:end]).consistency(size)
