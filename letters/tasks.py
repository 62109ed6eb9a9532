"""What the worker does in the background."""

from django_tasks import task


@task()
def read_letter(letter_id: str) -> None:
    """Read one received letter; does nothing if another worker has it."""
    from letters import reading  # writes through the workflow, which enqueues this task

    reading.read(letter_id)


# Behind all ordinary letters, and in a queue of its own, which a worker can leave to others.
@task(priority=-10, queue_name="scans")
def read_scan(letter_id: str) -> None:
    """Read one scanned letter by OCR; does nothing if another worker has it."""
    from letters import reading

    reading.read_scan(letter_id)
