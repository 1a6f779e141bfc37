"""The forms by which a manager changes a post or ends it."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.content.framework import Framework
from lms.core.forms import DayField
from lms.core.languages import day as in_words
from lms.people.reports import TeamNode
from lms.teams.posts import Fault, Kind, Post

OWN_WORDS = {"translate": "no"}
WORDS = {
    Fault.NOT_ALLOWED: _l("This person or the team is not one of yours any more"),
    Fault.ENDED: _l("This post was changed meanwhile: open the page again"),
    Fault.BEFORE_IT_BEGAN: _l("Enter a day on which the post held already"),
    Fault.AFTER_ITS_END: _l("Enter a day before the post ends anyway"),
    Fault.SAME: _l("Choose another team, role or pillar: this is what they do now"),
    Fault.HELD: _l("They hold this post already on some of these days"),
}


class LeaveForm(FlaskForm):
    """Which post ends, and on which day."""

    post = RadioField(_l("Which post?"), validate_choice=False, choices=[])
    day = DayField(_l("First day without this post"), missing=_l("Enter the first day without this post"))

    def validate_post(self, field: RadioField) -> None:
        """Take one of the posts."""
        if field.data not in {str(value) for value, *_rest in field.iter_choices()}:
            field.errors = [_("Choose the post")]

    @property
    def post_id(self) -> int | None:
        """The post that was chosen, once it is one of those offered."""
        return int(self.post.data) if self.post.data and self.post.data.isdigit() else None


class PostForm(LeaveForm):
    """What takes the place of which post, and from which day."""

    team = SelectField(_l("Team"))
    role = SelectField(_l("Role"))
    pillar = SelectField(_l("Pillar"))
    day = DayField(_l("From"), missing=_l("Enter the first day of the new post"))

    @property
    def kind(self) -> Kind:
        """Where and as what they work from then on."""
        return Kind(int(self.team.data), self.role.data, self.pillar.data or None)


def post_form(posts: Sequence[Post], teams: Sequence[TeamNode], framework: Framework) -> PostForm:
    """The form of a move; it begins with what the first post is now."""
    form = PostForm()
    form.team.choices = [_choice(str(each.id), " ".join(["–"] * each.depth + [each.name])) for each in teams]
    form.role.choices = [_choice(each.id, each.title) for each in framework.roles]
    form.pillar.choices = [
        SelectChoice(value="", label=_("None")),
        *(_choice(each.id, each.title) for each in framework.pillars),
    ]
    _offer(form, posts, framework)
    if not form.is_submitted() and posts:
        kind = posts[0].kind
        form.team.data, form.role.data = str(kind.team_id), kind.role_profile_id
        form.pillar.data = kind.pillar_id or ""
    return form


def leave_form(posts: Sequence[Post], framework: Framework) -> LeaveForm:
    """The form of an end."""
    form = LeaveForm()
    _offer(form, posts, framework)
    return form


def post_words(post: Post, framework: Framework) -> str:
    """A post in words: the role, the team, and since or from when."""
    role = framework.role(post.kind.role_profile_id)
    title = role.title if role else post.kind.role_profile_id
    return _("%(role)s, %(team)s, from %(day)s", role=title, team=post.team, day=in_words(post.from_day))


def refuse(form: LeaveForm, fault: Fault) -> None:
    """Say why a change is not recorded, at the field that mends it where there is one."""
    at = {Fault.BEFORE_IT_BEGAN: form.day, Fault.AFTER_ITS_END: form.day, Fault.ENDED: form.post}.get(fault)
    if at is None:
        form.form_errors.append(str(WORDS[fault]))
    else:
        at.errors = [str(WORDS[fault])]


def _offer(form: LeaveForm, posts: Sequence[Post], framework: Framework) -> None:
    """Offer the posts; the only one is chosen."""
    form.post.choices = [_choice(str(each.id), post_words(each, framework)) for each in posts]
    if len(posts) == 1 and not form.is_submitted():
        form.post.data = str(posts[0].id)


def _choice(value: str, label: str) -> SelectChoice:
    return SelectChoice(value=value, label=label, render_kw=OWN_WORDS)
