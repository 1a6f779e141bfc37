def render_html_diff(
    old: str,
    new: str,
    wrapper_element: str = ...,
    wrapper_class: str = ...,
) -> str: ...
