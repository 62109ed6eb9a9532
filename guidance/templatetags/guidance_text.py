"""A page's text as HTML with everything filled in: the same for the public and for a preview."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from guidance.markdown import contents, fill, to_html

register = template.Library()
register.filter(contents)


@register.simple_tag(takes_context=True)
def in_full(context: Context, text: str) -> SafeString:
    """The Markdown as safe HTML; each placeholder is a small template that sees what the page's own template sees."""

    def value(name: str) -> str:
        fragment = context.template.engine.get_template(f"public/guidance/_{name}.html")
        return fragment.render(context).strip()

    return mark_safe(fill(to_html(text), value))  # by nh3, and by templates of our own
