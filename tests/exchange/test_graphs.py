"""Programs of others open our graph files, and find in them the hops of the trace, whatever sources are called."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import httpx
import mermaidx
import networkx as nx
import pydot
import pygraphviz  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.exchange.graph import Edge, GraphFormat, Node, Part, Travelled, write
from provenance.exchange.graph.labels import label_of, writable
from provenance.exchange.graph.travelled import unnamed_before
from provenance.vocabulary import Manner, OriginClass, ReportState, SourceKind, Verdict
from tests.exchange.worked import check

BASE = "https://claims.example"
# pydot says some of pyparsing's names in their old form, and pyparsing says so while it is imported.
AT_IMPORT = pytest.mark.filterwarnings("ignore::pyparsing.warnings.PyparsingDeprecationWarning")
CODE = re.compile(r"#(\d+);")


@pytest.fixture(scope="module")
def trace(january_server: str) -> dict[str, Any]:
    [claim] = httpx.get(f"{january_server}/v1/claims?sort=-documents&limit=1").json()["items"]
    found: dict[str, Any] = httpx.get(f"{january_server}/v1/claims/{claim['id']}/trace").json()
    return found


def test_the_worked_example_prints_what_it_says(january_server: str) -> None:
    check("graphs", january_server)


@pytest.mark.proves("graphml", "writes", by="networkx")
def test_networkx_finds_each_hop_of_the_trace_in_the_graphml(january_server: str, trace: dict[str, Any]) -> None:
    read = nx.read_graphml(io.BytesIO(asked(january_server, trace, accept="application/graphml+xml").content))

    assert {(up, down): known(edge) for up, down, edge in read.edges(data=True)} == hops(trace, told)
    assert {id: node["name"] for id, node in read.nodes(data=True)} == names(trace)
    assert read.graph["verdict"] == trace["independence"]["verdict"]
    assert read.nodes[origin(trace)["source_id"]] == {
        "label": "Saltanat Azirbek",
        "name": "Saltanat Azirbek",
        "part": "origin",
        "kind": "spokesperson",
        "origin_class": "named",
        "party": "State of Kazakhstan",
        "page": f"{january_server}/sources/{origin(trace)['source_id']}",
        "reports_begun": 31,
        "reports_published": 0,
        "established": True,
    }


@AT_IMPORT
@pytest.mark.proves("dot", "writes", by="pydot")
def test_pydot_finds_each_hop_of_the_trace_in_the_dot(january_server: str, trace: dict[str, Any]) -> None:
    read = read_dot(asked(january_server, trace, format="dot").text)

    assert {ends(edge): drawn(edge) for edge in read.get_edges()} == hops(trace, worded)
    assert {bare(node.get_name()): bare(node.get("called")) for node in of_sources(read)} == names(trace)


@pytest.mark.proves("dot", "writes", by="pygraphviz")
def test_graphviz_finds_each_hop_of_the_trace_in_the_dot(january_server: str, trace: dict[str, Any]) -> None:
    read = pygraphviz.AGraph(string=asked(january_server, trace, format="dot").text)

    assert {tuple(edge): (edge.attr["reports"], edge.attr["stated"]) for edge in read.edges()} == hops(trace, worded)
    assert {str(node): node.attr["called"] for node in read.nodes()} == names(trace)


@pytest.mark.proves("mermaid", "writes", by="ours")
def test_the_mermaid_has_each_hop_of_the_trace(january_server: str, trace: dict[str, Any]) -> None:
    nodes, arrows = read_mermaid(asked(january_server, trace, accept="text/vnd.mermaid").text)

    assert nodes == names(trace)
    assert arrows.keys() == hops(trace, told).keys()


def test_a_graph_of_a_moment_holds_only_what_was_published_by_then(january_server: str, trace: dict[str, Any]) -> None:
    then = "2022-01-06T06:00Z"
    small = httpx.get(f"{january_server}/v1/claims/{trace['claim']['id']}/trace?as_of={then}").json()
    read = nx.read_graphml(io.BytesIO(asked(january_server, trace, format="graphml", as_of=then).content))

    assert set(read.edges()) == hops(small, told).keys() < hops(trace, told).keys()
    assert read.graph["as_of"] == small["as_of"]


def test_a_graph_that_is_held_already_is_not_sent_again(january_server: str, trace: dict[str, Any]) -> None:
    first = asked(january_server, trace, format="dot")
    address, headers = str(first.url), {"If-None-Match": first.headers["etag"]}

    assert httpx.get(address, headers=headers).status_code == 304


def test_a_format_that_there_is_not_is_told_with_those_that_there_are(
    january_server: str, trace: dict[str, Any]
) -> None:
    by_name = asked(january_server, trace, format="gexf")
    by_header = asked(january_server, trace, accept="image/png")

    assert (by_name.status_code, by_header.status_code) == (422, 406)
    assert by_name.json()["errors"][0]["field"] == "format"
    assert "text/vnd.graphviz" in by_header.json()["detail"]


TEXTS = st.text(min_size=1, max_size=40)
HOSTILE = TEXTS | st.sampled_from(
    [
        'a "b"\\',
        "\\n\\N\\G",
        "<b>&amp;</b>",
        "]] --> x; end",
        "%%{init: {}}%%",
        "#quot; #35;",
        "1. `x` **y**",
        "ТАСС / タス / تاس",
        "ﬂ°°34¶ß",
        'a\nb\tc"d',
        "//x",
        "style a fill:#f9f;",
    ]
)


@given(HOSTILE, HOSTILE)
@settings(max_examples=60, deadline=None)
def test_hostile_names_survive_the_way_out_and_back(name: str, party: str) -> None:
    graph = of_two(name, party)
    kept, whose = writable(name), writable(party)

    graphml = nx.read_graphml(io.BytesIO(write(graph, GraphFormat.GRAPHML, BASE)))
    dot = write(graph, GraphFormat.DOT, BASE).decode()
    graphviz = pygraphviz.AGraph(string=dot)
    nodes, arrows = read_mermaid(write(graph, GraphFormat.MERMAID, BASE).decode())

    assert (graphml.nodes["src_a"]["name"], graphml.nodes["src_a"]["party"]) == (kept, whose)
    assert (said(graphviz, "called"), said(graphviz, "party"), unescape_amp(said(graphviz, "label"))) == (
        kept,
        whose,
        kept,
    )
    assert nodes["src_a"] == kept
    assert arrows == {("src_a", "src_b"): label_of(graph.edges[0])}


@AT_IMPORT
@given(HOSTILE)
@settings(max_examples=25, deadline=None)
def test_the_python_reader_of_dot_takes_hostile_names_too(name: str) -> None:
    read = read_dot(write(of_two(name, "x"), GraphFormat.DOT, BASE).decode())

    assert plain(bare(of_sources(read)[0].get("called"))) == writable(name)


@pytest.mark.proves("mermaid", "writes", by="mermaidx")
def test_mermaid_itself_draws_a_trace_and_hostile_names_as_they_are(january_server: str) -> None:
    found = httpx.get(f"{january_server}/v1/claims?sort=documents&limit=1").json()["items"][0]["id"]
    small = httpx.get(f"{january_server}/v1/claims/{found}/trace").json()
    assert set(names(small).values()) <= set(shown(asked(january_server, small, format="mermaid").text))
    for name in ('Tass "1" <b>&amp;</b> #35;', "1. end `x` ]] --> %%", "ТАСС «№» ß 😀 \\n"):
        assert name in shown(write(of_two(name, "x"), GraphFormat.MERMAID, BASE).decode())


def shown(mermaid: str) -> list[str]:
    """What Mermaid's own program writes into the boxes that it draws, one for each node."""
    svg = mermaidx.render(mermaid).svg()
    labels = [unescape(re.sub("<[^>]+>", "", label)) for label in LABEL.findall(svg)]
    assert len(labels) == len(re.findall("""class=["']node """, svg))
    return labels


LABEL = re.compile(r'<span class="nodeLabel[^>]*>(.*?)</span>', re.DOTALL)


def test_whom_a_page_does_not_name_and_hops_that_were_cut_are_told_apart() -> None:
    cut = Edge("src_a", "src_b", (Manner.SAID,), 1, None, stated=False, cut_by="Tass", cut_reason="Tass withdrew it.")
    unnamed = Edge(unnamed_before("src_b"), "src_b", (Manner.CITED,), 2, "2022-01-06", stated=True)
    nodes = (*of_two("A", "x").nodes, Node(unnamed_before("src_b"), "not stated", Part.NOT_STATED))
    graph = Travelled("clm_x", "It was said.", Verdict.SINGLE, None, None, nodes, (cut, unnamed))

    read = nx.read_graphml(io.BytesIO(write(graph, GraphFormat.GRAPHML, BASE)))
    lines = write(graph, GraphFormat.MERMAID, BASE).decode()

    assert read.edges["src_a", "src_b"]["cut_reason"] == "Tass withdrew it."
    assert "first_seen" not in read.edges["src_a", "src_b"]
    assert read.nodes["not_stated_before_src_b"]["part"] == "not_stated"
    assert 'src_a -.-x|"said#44; 1 report#44; inferred by an editor#44; cut by Tass"| src_b' in lines


@pytest.mark.parametrize("format", GraphFormat)
def test_a_claim_that_is_only_proposed_says_so_in_each_graph(format: GraphFormat) -> None:
    said = {GraphFormat.GRAPHML: ">proposed<", GraphFormat.DOT: 'state="proposed"', GraphFormat.MERMAID: "(proposed)"}
    accepted = of_two("Dozens were killed.", "x")
    proposed = replace(accepted, state=ReportState.PROPOSED)

    assert said[format] in write(proposed, format, BASE).decode()
    assert "proposed" not in write(accepted, format, BASE).decode()


def asked(base: str, trace: dict[str, Any], accept: str | None = None, **parameters: str) -> httpx.Response:
    headers = {"Accept": accept} if accept else {}
    return httpx.get(f"{base}/v1/claims/{trace['claim']['id']}/graph", params=parameters, headers=headers)


def hops(trace: dict[str, Any], tell: Callable[[dict[str, Any]], object]) -> dict[tuple[str, str], object]:
    return {
        (edge["upstream_id"] or unnamed_before(edge["downstream_id"]), edge["downstream_id"]): tell(edge)
        for edge in trace["edges"]
    }


def told(edge: dict[str, Any]) -> object:
    manners = " ".join(edge["manners"])
    return (manners, edge["reports"], edge["first_seen"], edge["stated"], edge["cut"] is not None)


def known(edge: dict[str, Any]) -> object:
    return (edge["manners"], edge["reports"], edge.get("first_seen"), edge["stated"], edge["cut"])


def worded(edge: dict[str, Any]) -> object:
    return (str(edge["reports"]), str(edge["stated"]).lower())


def names(trace: dict[str, Any]) -> dict[str, str]:
    found = {each["publisher_id"]: each["publisher"] for each in trace["reports"]}
    for edge in trace["edges"]:
        found[edge["downstream_id"]] = edge["downstream"]
        found[edge["upstream_id"] or unnamed_before(edge["downstream_id"])] = edge["upstream"] or "not stated"
    return found


def origin(trace: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = trace["origins"][0]
    return first


def read_dot(text: str) -> pydot.Dot:
    [read] = pydot.graph_from_dot_data(text) or []
    return read


def of_sources(read: pydot.Dot) -> list[pydot.Node]:
    return [node for node in read.get_nodes() if node.get_name() not in ("graph", "node", "edge")]


def ends(edge: pydot.Edge) -> tuple[str, str]:
    return bare(edge.get_source()), bare(edge.get_destination())


def drawn(edge: pydot.Edge) -> object:
    return bare(edge.get("reports")), bare(edge.get("stated"))


def bare(quoted: object) -> str:
    return str(quoted).removeprefix('"').removesuffix('"')


def plain(escaped: str) -> str:
    """What escapes in an attribute of DOT stand for."""
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), escaped)


def said(graph: pygraphviz.AGraph, attribute: str) -> str:
    return plain(graph.get_node("src_a").attr[attribute])


def unescape_amp(text: str) -> str:
    return text.replace("&amp;", "&")


def of_two(name: str, party: str) -> Travelled:
    first = Node("src_a", name, Part.ORIGIN, SourceKind.PERSON, OriginClass.NAMED, True, party, 1)
    second = Node("src_b", "Tass", Part.PUBLISHER, SourceKind.NEWS_AGENCY, published=1)
    edge = Edge("src_a", "src_b", (Manner.SAID, Manner.TOLD), 1, "2022-01-06", stated=True)
    return Travelled("clm_x", name, Verdict.SINGLE, None, None, (first, second), (edge,))


def read_mermaid(text: str) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """The nodes and arrows of a flowchart of ours, with what stands on them."""
    body = text.split("flowchart LR\n", 1)[1]
    nodes = re.findall(r'^  (\w+)[\[(]+"([^"\n]*)"[\])]+$', body, re.MULTILINE)
    arrows = re.findall(r'^  (\w+) [-.>x]+\|"([^"\n]*)"\| (\w+)$', body, re.MULTILINE)
    return {id: decoded(name) for id, name in nodes}, {(up, down): decoded(label) for up, label, down in arrows}


def decoded(coded: str) -> str:
    return CODE.sub(lambda found: chr(int(found[1])), coded)
