"""What every route answers to everyone: the decision that stands beside each method of each route.

A row is a method, an endpoint with the case that it is about, and an answer for each of WHO, whose
names are cut short in the head. A case says whose or what is asked for; `CASES` gives its address.

- `page` and `file`: 200
- `in`: to the log-in, and from there back
- `to`: to another page
- a number: that status

A row that begins with `+` is there in demonstration mode only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.cast import ELSEWHERE, FORCE, NEIGHBOUR, Cast

WHO = (
    "anonymous",
    "learner",
    "peer",
    "manager",
    "sibling",
    "distant",
    "author",
    "organisation-lead",
    "region-lead",
    "national-lead",
    "administrator",
    "neighbour",
    "ended",
)

TABLE = """
#                                             none lrn  peer mgr  sibl dist auth org  reg  nat  adm  near end
# open to all
GET colours.icon                              404  404  404  404  404  404  404  404  404  404  404  404  404
GET colours.style_sheet                       404  404  404  404  404  404  404  404  404  404  404  404  404
GET core.accessibility                        page page page page page page page page page page page page page
GET core.health                               file file file file file file file file file file file file file
GET core.help_page                            page page page page page page page page page page page page page
GET core.privacy                              page page page page page page page page page page page page page
GET static/css                                file file file file file file file file file file file file file
GET learning.levels                           page page page page page page page page page page page page page
GET people.log_in                             page to   to   to   to   to   to   to   to   to   to   to   to
POST people.log_in                            422  422  422  422  422  422  422  422  422  422  422  422  422
POST people.log_out                           to   to   to   to   to   to   to   to   to   to   to   to   to
GET people.invitation/valid                   page page page page page page page page page page page page page
GET people.invitation/wrong                   404  404  404  404  404  404  404  404  404  404  404  404  404
POST people.invitation/valid                  422  422  422  422  422  422  422  422  422  422  422  422  422
POST people.invitation/wrong                  404  404  404  404  404  404  404  404  404  404  404  404  404
GET people.stop_mail/mail                     page page page page page page page page page page page page page
GET people.stop_mail/wrong                    404  404  404  404  404  404  404  404  404  404  404  404  404
POST people.stop_mail_now/mail                page page page page page page page page page page page page page
POST people.stop_mail_now/wrong               404  404  404  404  404  404  404  404  404  404  404  404  404
POST hooks.publish                            404  404  404  404  404  404  404  404  404  404  404  404  404
+POST demonstration.enter_as                  404  404  404  404  404  404  404  404  404  404  404  404  404
# each for themselves: the first page and the own record
GET learning.home                             in   page page page page page to   to   to   to   page page page
GET learning.record                           in   page page page page page page page page page page page page
GET learning.seen                             in   page page page page page page page page page page page page
GET learning.help_offers                      in   page page page page page page page page page page page page
POST learning.help_offers                     in   to   to   to   to   to   to   to   to   to   to   to   to
GET people.weekly_mail                        in   page page page page page page page page page page page page
POST people.weekly_mail                       in   to   to   to   to   to   to   to   to   to   to   to   to
GET learning.self_assessment                  in   page page page page page page page page page page page page
POST learning.self_assessment                 in   to   to   to   to   to   to   to   to   to   to   to   to
GET learning.qualifications                   in   page page page page page page page page page page page page
POST learning.qualifications                  in   422  422  422  422  422  422  422  422  422  422  422  422
GET learning.applications                     in   page page page page page page page page page page page page
GET learning.new_application                  in   page page page page page page page page page page page page
POST learning.new_application                 in   422  422  422  422  422  422  422  422  422  422  422  422
GET learning.change_application/waits         in   page 404  404  404  404  404  404  404  404  404  404  404
GET learning.change_application/used          in   to   404  404  404  404  404  404  404  404  404  404  404
POST learning.change_application/waits        in   422  404  404  404  404  404  404  404  404  404  404  404
GET learning.application_error/used           in   page 404  404  404  404  404  404  404  404  404  404  404
POST learning.application_error/used          in   422  404  404  404  404  404  404  404  404  404  404  404
GET learning.remove_application/waits         in   page 404  404  404  404  404  404  404  404  404  404  404
POST learning.remove_application/used         in   to   404  404  404  404  404  404  404  404  404  404  404
GET learning.development                      in   page page page page page page page page page page page page
POST learning.development                     in   422  422  422  422  422  422  422  422  422  422  422  422
GET learning.reply_to/assessed                in   page 404  404  404  404  404  404  404  404  404  404  404
POST learning.reply_to/assessed               in   422  404  404  404  404  404  404  404  404  404  404  404
GET learning.standards                        in   page page page page page page page page page page page page
GET learning.standard/standard                in   page page page page page page page page page page page page
GET learning.paths                            in   page page page page page page page page page page page page
GET learning.path/role                        in   page page page page page page page page page page page page
GET learning.path/no-role                     in   404  404  404  404  404  404  404  404  404  404  404  404
GET learning.glossary                         in   page page page page page page page page page page page page
GET learning.calculators                      in   page page page page page page page page page page page page
GET learning.calculator/standstill            in   page page page page page page page page page page page page
GET learning.calculator/no-such                in   404  404  404  404  404  404  404  404  404  404  404  404
GET learning.record_file                      in   file file file file file file file file file file file file
GET learning.comments                         in   page page page page page page page page page page page page
GET learning.comment/comment-clause           in   page page page page page page page page page page page page
POST learning.comment/comment-clause          in   422  422  422  422  422  422  422  422  422  422  422  422
GET learning.comment/comment-part             in   page page 404  404  404  404  404  404  404  404  404  404
POST learning.comment/comment-part            in   422  422  404  404  404  404  404  404  404  404  404  404
# learners
GET learning.courses                          in   page page 403  403  403  403  403  403  403  403  403  403
GET learning.find                             in   page page 403  403  403  403  403  403  403  403  403  403
GET learning.course/course                    in   page page 403  403  403  403  403  403  403  403  403  403
GET learning.module/module                    in   to   to   403  403  403  403  403  403  403  403  403  403
GET learning.part/part                        in   page page 403  403  403  403  403  403  403  403  403  403
GET learning.asset/picture                    in   file file 403  403  403  403  403  403  403  403  403  403
GET learning.update/module                    in   to   to   403  403  403  403  403  403  403  403  403  403
GET learning.check/module                     in   page page 403  403  403  403  403  403  403  403  403  403
POST learning.begin_check/module              in   to   to   403  403  403  403  403  403  403  403  403  403
GET learning.question/open                    in   page to   403  403  403  403  403  403  403  403  403  403
POST learning.answer_question/open            in   422  to   403  403  403  403  403  403  403  403  403  403
GET learning.reflection/reflection            in   page page 403  403  403  403  403  403  403  403  403  403
POST learning.write_reflection/reflection     in   422  422  403  403  403  403  403  403  403  403  403  403
GET learning.removing_reflection/reflection   in   to   to   403  403  403  403  403  403  403  403  403  403
POST learning.remove_reflection/reflection    in   to   to   403  403  403  403  403  403  403  403  403  403
GET learning.decision/case                    in   to   to   403  403  403  403  403  403  403  403  403  403
POST learning.decide/case                     in   to   to   403  403  403  403  403  403  403  403  403  403
GET learning.check_result/learners            in   page 404  403  403  403  403  403  403  403  403  403  403
POST learning.react/learners                  in   to   404  403  403  403  403  403  403  403  403  403  403
# managers, and only whom their grant covers
GET teams.matrix                              in   403  403  page page page 403  403  403  403  403  403  403
GET teams.assign                              in   403  403  page page page 403  403  403  403  403  403  403
GET teams.plans                               in   403  403  page page page 403  403  403  403  403  403  403
GET teams.plan/sent                           in   403  403  page 404  404  403  403  403  403  403  403  403
POST teams.plan/sent                          in   403  403  422  404  404  403  403  403  403  403  403  403
GET teams.answer/proposed                     in   403  403  page 404  404  403  403  403  403  403  403  403
POST teams.answer/proposed                    in   403  403  422  404  404  403  403  403  403  403  403  403
GET teams.initiatives                         in   403  403  page page page 403  403  403  403  403  403  403
GET teams.initiative/initiative               in   403  403  page page page 403  403  403  403  403  403  403
GET teams.initiative/no-initiative            in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.assignments                         in   403  403  page page page 403  403  403  403  403  403  403
POST teams.send_assignment                    in   403  403  422  422  422  403  403  403  403  403  403  403
GET teams.assignment/no-assignment            in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.assignment/no-assignment           in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.matrix_csv                          in   403  403  file file file 403  403  403  403  403  403  403
GET teams.matrix_xlsx                         in   403  403  file file file 403  403  403  403  403  403  403
GET teams.staffing                            in   403  403  page page page 403  403  403  403  403  403  403
GET teams.works                               in   403  403  page page page 403  403  403  403  403  403  403
GET teams.add_work                            in   403  403  page page page 403  403  403  403  403  403  403
POST teams.add_work                           in   403  403  422  422  422  403  403  403  403  403  403  403
GET teams.change_work/no-work                 in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.change_work/no-work                in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.end_work/no-work                    in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.end_work/no-work                   in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.person/learner                      in   403  403  page 404  404  403  403  403  403  403  403  403
GET teams.person/manager                      in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.person/distant                      in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.person/nobody                       in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.assess/law-learner                  in   403  403  page 404  404  403  403  403  403  403  403  403
GET teams.assess/law-manager                  in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.record_level/law-learner           in   403  403  422  404  404  403  403  403  403  403  403  403
GET teams.take_back_level/no-assessment       in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.take_back_level/no-assessment      in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.take_back_waiting/no-waiting        in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.take_back_waiting/no-waiting       in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.assessments                         in   403  403  page page page 403  403  403  403  403  403  403
GET teams.dispute/no-dispute                  in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.dispute/no-dispute                 in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.second/no-second                    in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.second/no-second                   in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.absence/learner                     in   403  403  page 404  404  403  403  403  403  403  403  403
GET teams.absence/manager                     in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.absence/learner                    in   403  403  422  404  404  403  403  403  403  403  403  403
GET teams.change_absence/no-absence           in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.change_absence/no-absence          in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.post/learner                        in   403  403  page 404  404  403  403  403  403  403  403  403
POST teams.post/learner                       in   403  403  422  404  404  403  403  403  403  403  403  403
GET teams.leave_post/learner                  in   403  403  page 404  404  403  403  403  403  403  403  403
POST teams.leave_post/learner                 in   403  403  422  404  404  403  403  403  403  403  403  403
GET teams.baseline/learner                    in   403  403  page 404  404  403  403  403  403  403  403  403
GET teams.baseline/manager                    in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.baseline/distant                    in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.baseline/learner                   in   403  403  422  404  404  403  403  403  403  403  403  403
GET teams.qualification/no-qualification      in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.qualification/no-qualification     in   403  403  404  404  404  403  403  403  403  403  403  403
GET teams.application/learners-waits          in   403  403  page 404  404  403  403  403  403  403  403  403
GET teams.application/learners-used           in   403  403  page 404  404  403  403  403  403  403  403  403
POST teams.application/learners-used          in   403  403  422  404  404  403  403  403  403  403  403  403
GET teams.delegation                          in   403  403  page page page 403  403  403  403  403  403  403
POST teams.delegation                         in   403  403  422  422  422  403  403  403  403  403  403  403
GET teams.end_delegation/no-grant             in   403  403  404  404  404  403  403  403  403  403  403  403
POST teams.end_delegation/no-grant            in   403  403  404  404  404  403  403  403  403  403  403  403
# authors
GET authoring.desk                            in   403  403  403  403  403  page 403  403  403  403  403  403
GET authoring.modules_file                    in   403  403  403  403  403  file 403  403  403  403  403  403
GET authoring.items_file                      in   403  403  403  403  403  file 403  403  403  403  403  403
GET authoring.coverage                        in   403  403  403  403  403  page 403  403  403  403  403  403
GET authoring.comments                        in   403  403  403  403  403  page 403  403  403  403  403  403
GET authoring.comment/no-comment              in   403  403  403  403  403  404  403  403  403  403  403  403
POST authoring.comment/no-comment             in   403  403  403  403  403  404  403  403  403  403  403  403
GET authoring.questions/act-module            in   403  403  403  403  403  page 403  403  403  403  403  403
GET authoring.question/act-question           in   403  403  403  403  403  page 403  403  403  403  403  403
GET authoring.preview_module/act-module       in   403  403  403  403  403  page 403  403  403  403  403  403
GET authoring.preview_module/none             in   403  403  403  403  403  404  403  403  403  403  403  403
GET authoring.play_question/act-question      in   403  403  403  403  403  page 403  403  403  403  403  403
GET authoring.shown_picture/picture           in   403  403  403  403  403  file 403  403  403  403  403  403
GET authoring.try_text                        in   403  403  403  403  403  page 403  403  403  403  403  403
POST authoring.try_given_text                 in   403  403  403  403  403  422  403  403  403  403  403  403
# leads, and only what their grant covers
GET reports.gaps                              in   403  403  403  403  403  403  page page page 403  403  403
GET reports.gaps/force                        in   403  403  403  403  403  403  page page page 403  403  403
GET reports.gaps/neighbours                   in   403  403  403  403  403  403  404  page page 403  403  403
GET reports.gaps/elsewhere                    in   403  403  403  403  403  403  404  404  page 403  403  403
GET reports.gaps/team                         in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.gaps_file                         in   403  403  403  403  403  403  file file file 403  403  403
GET reports.gaps_file/force                   in   403  403  403  403  403  403  file file file 403  403  403
GET reports.gaps_file/neighbours              in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.gaps_file/elsewhere               in   403  403  403  403  403  403  404  404  file 403  403  403
GET reports.gaps_file/team                    in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.gaps_workbook                     in   403  403  403  403  403  403  file file file 403  403  403
GET reports.gaps_workbook/force               in   403  403  403  403  403  403  file file file 403  403  403
GET reports.gaps_workbook/neighbours          in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.gaps_workbook/elsewhere           in   403  403  403  403  403  403  404  404  file 403  403  403
GET reports.gaps_workbook/team                in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.gaps_data                         in   403  403  403  403  403  403  file file file 403  403  403
GET reports.gaps_data/force                   in   403  403  403  403  403  403  file file file 403  403  403
GET reports.gaps_data/neighbours              in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.gaps_data/elsewhere               in   403  403  403  403  403  403  404  404  file 403  403  403
GET reports.gaps_data/team                    in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.gaps_paper                        in   403  403  403  403  403  403  file file file 403  403  403
GET reports.gaps_paper/force                  in   403  403  403  403  403  403  file file file 403  403  403
GET reports.gaps_paper/neighbours             in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.gaps_paper/elsewhere              in   403  403  403  403  403  403  404  404  file 403  403  403
GET reports.gaps_paper/team                   in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.saved_views                       in   403  403  403  403  403  403  page page page 403  403  403
POST reports.saved_views                      in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.saved_views/force                 in   403  403  403  403  403  403  page page page 403  403  403
GET reports.saved_views/elsewhere             in   403  403  403  403  403  403  404  404  page 403  403  403
POST reports.saved_views/force                in   403  403  403  403  403  403  422  422  422  403  403  403
GET reports.open_view/no-view                 in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.rename_view/no-view               in   403  403  403  403  403  403  404  404  404  403  403  403
POST reports.rename_view/no-view              in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.remove_view/no-view               in   403  403  403  403  403  403  404  404  404  403  403  403
POST reports.remove_view/no-view              in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.plan                              in   403  403  403  403  403  403  page page page 403  403  403
GET reports.plan/region                       in   403  403  403  403  403  403  404  page page 403  403  403
GET reports.plan_file                         in   403  403  403  403  403  403  file file file 403  403  403
GET reports.plan_file/region                  in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.evaluation                        in   403  403  403  403  403  403  page page page 403  403  403
GET reports.evaluation/region                 in   403  403  403  403  403  403  404  page page 403  403  403
GET reports.evaluation/course                 in   403  403  403  403  403  403  page page page 403  403  403
GET reports.evaluation_file                   in   403  403  403  403  403  403  file file file 403  403  403
GET reports.evaluation_file/region            in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.standards                         in   403  403  403  403  403  403  page page page 403  403  403
GET reports.standards/region                  in   403  403  403  403  403  403  404  page page 403  403  403
GET reports.standards_file                    in   403  403  403  403  403  403  file file file 403  403  403
GET reports.standards_file/region             in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.standard/standard                 in   403  403  403  403  403  403  page page page 403  403  403
GET reports.standard/region-of-standard       in   403  403  403  403  403  403  404  page page 403  403  403
GET reports.standard/no-standard              in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.standard_file/standard            in   403  403  403  403  403  403  file file file 403  403  403
GET reports.standard_file/region-of-standard  in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.plan_so_far                       in   403  403  403  403  403  403  to   to   page 403  403  403
POST reports.send_plan                        in   403  403  403  403  403  403  404  404  422  403  403  403
GET reports.sent_plans                        in   403  403  403  403  403  403  page page page 403  403  403
GET reports.sent_plan/sent                    in   403  403  403  403  403  403  404  page page 403  403  403
GET reports.sent_plan/no-plan                 in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.sent_plan_file/sent               in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.withdraw_plan/sent                in   403  403  403  403  403  403  404  page page 403  403  403
POST reports.withdraw_plan/sent               in   403  403  403  403  403  403  404  422  422  403  403  403
GET reports.initiatives                       in   403  403  403  403  403  403  page page page 403  403  403
GET reports.initiative/initiative             in   403  403  403  403  403  403  page page page 403  403  403
GET reports.initiative/region-of-initiative   in   403  403  403  403  403  403  404  404  page 403  403  403
GET reports.initiative/no-initiative          in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.initiative_file/initiative        in   403  403  403  403  403  403  file file file 403  403  403
GET reports.new_initiative                    in   403  403  403  403  403  403  page page page 403  403  403
POST reports.new_initiative                   in   403  403  403  403  403  403  422  422  422  403  403  403
GET reports.change_initiative/initiative      in   403  403  403  403  403  403  404  404  page 403  403  403
POST reports.change_initiative/initiative     in   403  403  403  403  403  403  404  404  422  403  403  403
GET reports.end_initiative/initiative         in   403  403  403  403  403  403  404  404  page 403  403  403
POST reports.end_initiative/no-initiative     in   403  403  403  403  403  403  404  404  404  403  403  403
GET reports.why                               in   403  403  403  403  403  403  page page page 403  403  403
GET reports.why/force                         in   403  403  403  403  403  403  page page page 403  403  403
GET reports.why/neighbours                    in   403  403  403  403  403  403  404  page page 403  403  403
GET reports.why/elsewhere                     in   403  403  403  403  403  403  404  404  page 403  403  403
GET reports.why_file                          in   403  403  403  403  403  403  file file file 403  403  403
GET reports.why_file/force                    in   403  403  403  403  403  403  file file file 403  403  403
GET reports.why_file/neighbours               in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.why_file/elsewhere                in   403  403  403  403  403  403  404  404  file 403  403  403
GET reports.compare                           in   403  403  403  403  403  403  page page page 403  403  403
GET reports.compare/force                     in   403  403  403  403  403  403  page page page 403  403  403
GET reports.compare/neighbours                in   403  403  403  403  403  403  404  page page 403  403  403
GET reports.compare/elsewhere                 in   403  403  403  403  403  403  404  404  page 403  403  403
GET reports.compare/with-neighbours           in   403  403  403  403  403  403  404  page page 403  403  403
GET reports.compare/with-elsewhere            in   403  403  403  403  403  403  404  404  page 403  403  403
GET reports.compare_file                      in   403  403  403  403  403  403  file file file 403  403  403
GET reports.compare_file/force                in   403  403  403  403  403  403  file file file 403  403  403
GET reports.compare_file/neighbours           in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.compare_file/elsewhere            in   403  403  403  403  403  403  404  404  file 403  403  403
GET reports.compare_file/with-neighbours      in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.compare_file/with-elsewhere       in   403  403  403  403  403  403  404  404  file 403  403  403
GET reports.compare_workbook                  in   403  403  403  403  403  403  file file file 403  403  403
GET reports.compare_workbook/force            in   403  403  403  403  403  403  file file file 403  403  403
GET reports.compare_workbook/neighbours       in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.compare_workbook/elsewhere        in   403  403  403  403  403  403  404  404  file 403  403  403
GET reports.compare_workbook/with-neighbours  in   403  403  403  403  403  403  404  file file 403  403  403
GET reports.compare_workbook/with-elsewhere   in   403  403  403  403  403  403  404  404  file 403  403  403
GET reports.method                            in   403  403  403  403  403  403  page page page 403  403  403
GET reports.assessors                         in   403  403  403  403  403  403  403  403  page 403  403  403
POST reports.name_assessor                    in   403  403  403  403  403  403  403  403  422  403  403  403
GET reports.end_assessor/no-grant             in   403  403  403  403  403  403  403  403  404  403  403  403
POST reports.end_assessor/no-grant            in   403  403  403  403  403  403  403  403  404  403  403  403
# administrators, and never themselves
GET administration.overview                   in   403  403  403  403  403  403  403  403  403  page page 403
GET administration.person/learner             in   403  403  403  403  403  403  403  403  403  page 404  403
GET administration.person/own                 in   403  403  403  403  403  403  403  403  403  page 404  403
GET administration.person/distant             in   403  403  403  403  403  403  403  403  403  404  404  403
GET administration.person/nobody              in   403  403  403  403  403  403  403  403  403  404  404  403
GET administration.duties/learner             in   403  403  403  403  403  403  403  403  403  page 404  403
GET administration.duties/own                 in   403  403  403  403  403  403  403  403  403  404  404  403
GET administration.duties/distant             in   403  403  403  403  403  403  403  403  403  404  404  403
GET administration.give_grant/duty            in   403  403  403  403  403  403  403  403  403  page 404  403
GET administration.give_grant/own-duty        in   403  403  403  403  403  403  403  403  403  404  404  403
POST administration.give_grant/duty           in   403  403  403  403  403  403  403  403  403  422  404  403
POST administration.give_grant/own-duty       in   403  403  403  403  403  403  403  403  403  404  404  403
GET administration.end_grant/grant            in   403  403  403  403  403  403  403  403  403  page 404  403
POST administration.end_grant/grant           in   403  403  403  403  403  403  403  403  403  422  404  403
POST administration.make_invitation/learner   in   403  403  403  403  403  403  403  403  403  page 404  403
POST administration.make_invitation/own       in   403  403  403  403  403  403  403  403  403  404  404  403
POST administration.make_invitation/distant   in   403  403  403  403  403  403  403  403  403  404  404  403
GET administration.organisation/terms         in   403  403  403  403  403  403  403  403  403  page 404  403
POST administration.set_terms/terms           in   403  403  403  403  403  403  403  403  403  422  404  403
"""


@dataclass(frozen=True)
class Row:
    """The answers of one method of one endpoint in one case, by who asks."""

    method: str
    endpoint: str
    case: str
    answers: Mapping[str, str]
    demonstration: bool


def rows() -> Iterator[Row]:
    """The table, read."""
    for line in TABLE.strip().splitlines():
        if line.startswith("#"):
            continue
        words = line.removeprefix("+").split()
        endpoint, _, case = words[1].partition("/")
        answers = dict(zip(WHO, words[2:], strict=True))
        yield Row(words[0], endpoint, case, answers, line.startswith("+"))


def address_of(case: str, cast: Cast, things: Mapping[str, str]) -> dict[str, Any]:
    """What the address of a case is built from; what the route does not name goes into the query."""
    act = {"course": "procurement-act-in-practice", "module": "changing-a-contract"}
    duty = {"person_id": cast.ids["learner"], "duty": "assessor"}
    team = {"by": "team", "organisation": FORCE}
    cases: dict[str, dict[str, Any]] = {
        "": {},
        **_of_managers(cast, things),
        **{who: {"person_id": number} for who, number in cast.ids.items()},
        "own": {"person_id": cast.ids["administrator"]},
        "nobody": {"person_id": 10**6},
        "no-comment": {"number": 10**6},
        "comment-clause": {"kind": "clause", "source": "sourcing", "place": "1.1"},
        "comment-part": {"kind": "part", "source": act["module"], "place": things["part"]},
        "act-module": {"module": act["module"]},
        "act-question": {"module": act["module"], "question": "too-small-until-now"},
        "none": {"module": "nothing-here"},
        "standard": {"standard": "sourcing"},
        "region-of-standard": {"standard": "sourcing", "region": "north-west"},
        "no-standard": {"standard": "nothing-here"},
        "standstill": {"calculator": "standstill"},
        "no-such": {"calculator": "nothing-here"},
        "role": {"role": "buyer"},
        "no-role": {"role": "nothing-here"},
        "course": {"course": act["course"]},
        "module": act,
        "part": {**act, "part": things["part"]},
        "open": {**act, "position": 2},
        "reflection": {"course": act["course"], "module": "direct-award", "reflection": "your-last-request"},
        "case": {**act, "position": 2, "decision": 1},
        "learners": {"course": act["course"], "module": "what-the-act-asks", "attempt": cast.passed},
        "picture": {"hash_": things["picture"]},
        "valid": {"token": things["invitation"]},
        "mail": {"token": things["mail"]},
        "wrong": {"token": "wrong"},
        "css": {"filename": "build/main.css"},
        "force": {"by": "role", "organisation": FORCE},
        "team": team,
        "neighbours": {"by": "role", "organisation": NEIGHBOUR},
        "elsewhere": {"by": "role", "organisation": ELSEWHERE},
        "region": {"region": "north-west"},
        "with-neighbours": {"with_organisation": NEIGHBOUR},
        "with-elsewhere": {"with_organisation": ELSEWHERE},
        "terms": {"organisation_id": FORCE},
        "duty": duty,
        "own-duty": {**duty, "person_id": cast.ids["administrator"]},
        "grant": {"person_id": cast.ids["manager"], "grant_id": cast.grant},
        "no-grant": {"grant_id": 10**6},
    }
    return cases[case]


def _of_managers(cast: Cast, things: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The cases of what managers and assessors write."""
    learner = {"person_id": cast.ids["learner"]}
    return {
        "no-dispute": {"reply_id": 10**6},
        "no-second": {"assessment_id": 10**6},
        "assessed": {"evidence_id": int(things["assessed"])},
        "law-learner": {**learner, "competency": "procurement-law"},
        "law-manager": {"person_id": cast.ids["manager"], "competency": "procurement-law"},
        "no-assessment": {**learner, "evidence_id": 10**6},
        "no-waiting": {**learner, "assessment_id": 10**6},
        "no-assignment": {"number": 10**6},
        "sent": {"number": 1},
        "no-plan": {"number": 10**6},
        "initiative": {"number": 1},
        "region-of-initiative": {"number": 1, "region": "north-west"},
        "no-initiative": {"number": 10**6},
        "no-view": {"number": 10**6},
        "proposed": {"number": 1, "proposal": 1},
        "no-work": {"number": 10**6},
        "no-qualification": {**learner, "number": 10**6},
        "no-absence": {**learner, "absence_id": 10**6},
        "waits": {"number": 1},
        "used": {"number": 2},
        "learners-waits": {**learner, "number": 1},
        "learners-used": {**learner, "number": 2},
    }
