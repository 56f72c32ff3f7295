"""Reading the draft, and answering; by whoever has the link, coming back."""

from django.urls import path

from saferplan.web.consultations.views import answering, drafts, pins, printed, starting

urlpatterns = [
    path("<int:pk>/drafts/<int:draft_id>/", drafts.read, name="draft"),
    path(
        "<int:pk>/drafts/<int:draft_id>/comment/<slug:key>/",
        drafts.comment,
        name="comment",
    ),
    path("<int:pk>/map.svg", pins.picture, name="map"),
    path("<int:pk>/start/", starting.start, name="start"),
    path("<int:pk>/whole/", starting.whole, name="whole"),
    path("<int:pk>/paper/", printed.paper, name="paper"),
    path("<int:pk>/paper.pdf", printed.paper_pdf, name="paper_pdf"),
    path("answer/<str:word>/", answering.overview, name="answer"),
    path(
        "answer/<str:word>/questions/<slug:key>/",
        answering.question,
        name="answer_question",
    ),
    path("answer/<str:word>/about-you/", answering.about, name="answer_about"),
    path("answer/<str:word>/who/", answering.who, name="answer_who"),
    path("answer/<str:word>/check/", answering.check, name="answer_check"),
    path("answer/<str:word>/receipt/", answering.receipt, name="answer_receipt"),
    path(
        "answer/<str:word>/receipt.txt",
        answering.receipt_file,
        name="answer_receipt_file",
    ),
    path("answer/<str:word>/keep/", answering.keep, name="answer_keep"),
    path("answer/<str:word>/take-back/", answering.withdraw, name="answer_take_back"),
    path(
        "answer/<str:word>/drafts/<int:draft_id>/",
        drafts.read_mine,
        name="answer_draft",
    ),
    path(
        "answer/<str:word>/drafts/<int:draft_id>/comment/<slug:key>/",
        drafts.comment_mine,
        name="answer_comment",
    ),
]
