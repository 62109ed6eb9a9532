"""What those who run the site ask of it, for tests: its measurements, and whether its parts are ready."""

from prometheus_client.parser import text_string_to_metric_families


def measured(client) -> dict:
    """Each measurement by its name, or by name and label value."""
    text = client.get("/metrics").content.decode()
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


def parts_of(response) -> dict:
    """What /readyz said of each part."""
    return response.json()["parts"]
