"""
One settings file for every environment.

Each value that differs between places comes from the environment (or `.env`) and has
no default, so a missing one stops the program at once and says what to do.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from saferplan.web.demonstration import LOOPBACK
from saferplan.web.environment import database, env, mail, read_dotenv, switch

WEB = Path(__file__).parent
read_dotenv(Path(".env"))

# --- what differs between places ---------------------------------------------------
SECRET_KEY = env("SECRET_KEY")
# Signs the record of events. Never change it: the record could no longer be checked.
RECORD_KEY = env("RECORD_KEY")
DEBUG = switch("DEBUG")
# A demonstration has known passwords, so it may only ever be reached on this machine.
DEMONSTRATION = switch("DEMONSTRATION")
ALLOWED_HOSTS = env("ALLOWED_HOSTS").split()
if DEMONSTRATION and not LOOPBACK.issuperset(ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "DEMONSTRATION=yes makes accounts with known passwords, so ALLOWED_HOSTS may "
        "only be 127.0.0.1 and localhost. To run Saferplan for others, set it to no."
    )
# Whether people reach the site over https, as everywhere but on one's own machine.
HTTPS = switch("HTTPS")
# How many proxies of ours stand in front; a visitor's address is read behind them.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env("PROXIES"))
DATABASES = {"default": database(env("DATABASE_URL"))}
STATIC_ROOT = Path(env("STATIC_ROOT"))
# Files on their way into the evidence store, and the documents made from it.
FILES = Path(env("FILES"))
DEFAULT_FROM_EMAIL = env("MAIL_FROM")
CONTACT = env("CONTACT")  # shown to visitors; where a security fault is reported
globals().update(mail(env("MAIL_URL")))

# --- what the site is made of ------------------------------------------------------
# From the bottom up: an app knows the ones before it.
OUR_APPS = [
    *("core", "partnerships", "assessments", "plans"),
    *("performance", "consultations", "home"),
]
INSTALLED_APPS = [
    *(f"saferplan.web.{app}" for app in OUR_APPS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "saferplan.web.core.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "saferplan.web.core.middleware.methods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "saferplan.web.partnerships.middleware.membership",
    "saferplan.web.partnerships.middleware.second_step",
    "saferplan.web.core.errors.explain",
]
ROOT_URLCONF = "saferplan.web.urls"
WSGI_APPLICATION = "saferplan.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        # Our folders by name: the templates that come with other apps are Django's.
        "DIRS": [WEB / app / "templates" for app in OUR_APPS],
        "OPTIONS": {
            "environment": "saferplan.web.core.pages.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "saferplan.web.navigation.navigation",
            ],
        },
    },
    {
        # Only for the mail that allauth sends.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"]
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people and sign-in ------------------------------------------------------------
AUTH_USER_MODEL = "partnerships.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # an invitation is good for three days
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:front"
LOGOUT_REDIRECT_URL = "home:front"

ACCOUNT_ADAPTER = "saferplan.web.partnerships.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "saferplan.web.partnerships.sign_in.name_of"
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is answered from the mailbox
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "reset_password": "20/m/ip,3/10m/key",
    "change_password": "5/m/user",
    # Responses begun from one address: a library, a school or a telephone network is
    # one, and in the last minutes many of its people answer.
    "answer": "120/m/ip",
    # Links sent to whatever address somebody gives.
    "letter": "10/m/ip",
}
MFA_ADAPTER = "saferplan.web.partnerships.sign_in.SecondStepAdapter"
MFA_TOTP_ISSUER = "Saferplan"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute out
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "saferplan.web.partnerships.sign_in.CodeForm",
    "reauthenticate": "saferplan.web.partnerships.sign_in.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "saferplan.web.core.errors.form_out_of_date"

# --- what a browser may do ---------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'"],
        "manifest-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "worker-src": ["'self'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# --- files -------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "saferplan.web.core.static.NamedByContent"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # the form says no to fewer, and explains
FILE_UPLOAD_HANDLERS = [
    "saferplan.web.assessments.limits.WithinLimits",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- background work, and counting attempts ----------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {
    "default": {
        # Shared by all workers, so an attempt counted by one is known to the others.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}

# --- words -------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # It warns whenever it is told to stop.
    "loggers": {"django_tasks_db": {"level": "ERROR"}},
}
