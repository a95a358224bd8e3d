"""Names by a pipeline of spaCy: `--entities spacy:en_core_web_trf`, or `spacy:./folder` with what `nlp.to_disk` wrote.

spaCy is imported where a pipeline is loaded, once in each process. What a pipeline finds becomes mentions in
`mentions`, where it is found and what it is stands in `places`.
"""

from typing import TYPE_CHECKING

from broadsheet.errors import PluginError
from broadsheet.extract.spacy_pipelines.mentions import finder
from broadsheet.extract.spacy_pipelines.places import Place, load, locate, versions
from broadsheet.plugins import Extractor, Identity

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Pipelines", "factory"]


class Pipelines:
    """The factory behind the name `spacy`."""

    takes = "PIPELINE"

    def __call__(self, argument: str, /) -> Extractor:
        """An extractor by the pipeline; `PluginError` where it cannot be loaded, or finds no names."""
        place = locate(argument)
        pipeline = load(place)
        if not any(sets_entities(pipeline, name) for name in pipeline.pipe_names):
            _refuse(place, pipeline.pipe_names)
        return finder(pipeline, f"spacy:{place.name}@{place.version}")

    def identity(self, argument: str, /) -> Identity:
        """Name and version of the pipeline, and the versions of what runs it."""
        place = locate(argument)
        return Identity(place.name, versions(place))


def sets_entities(pipeline: "Language", name: str) -> bool:
    """Whether a component marks entities: an `ner`, an `entity_ruler`, a `span_ruler` that is told to, others'."""
    meta, component = pipeline.get_pipe_meta(name), pipeline.get_pipe(name)
    return "doc.ents" in meta.assigns or bool(getattr(component, "annotate_ents", False))


def _refuse(place: Place, components: list[str]) -> None:
    parts = ", ".join(components) or "no component at all"
    raise PluginError(
        f"the spaCy pipeline {place.name} finds no names: it has {parts}",
        tip="use a pipeline with a component ner, or one that sets doc.ents such as entity_ruler",
    )


factory = Pipelines()
