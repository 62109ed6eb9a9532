"""What the worker does in the background."""

from django_tasks import task


@task()
def read_letter(letter_id: str) -> None:
    """Read one received letter; does nothing if another worker has it."""
    from letters import reading  # writes through the workflow, which enqueues this task

    reading.read(letter_id)
