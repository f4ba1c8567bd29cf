"""Django's settings. What differs between installations comes from SHOUWEN_* variables, all optional.

SHOUWEN_HOME            data folder: database, keys, signed heads of the journal (default: var/ in the project)
SHOUWEN_DATABASE_URL    database (default: sqlite in the data folder)
SHOUWEN_SECRET_KEY      or SHOUWEN_SECRET_KEY_FILE (default: made on the first start, kept in the data folder)
SHOUWEN_ALLOWED_HOSTS   host names, separated by commas (default: this machine only)
SHOUWEN_TRUSTED_ORIGINS origins that forms may come from, such as https://service.example.com
SHOUWEN_HTTPS           1 when people reach the server over HTTPS: secure cookies, HSTS
SHOUWEN_BEHIND_PROXY    1 when a proxy sets X-Forwarded-Proto
SHOUWEN_STANDARD        folder of the standard pack (default: standard/antai; read by shouwen.standard)
SHOUWEN_SMS_URL         SMS gateway; without it SMS go to files in the data folder's outbox/ (next lines: its key, its hosts)
SHOUWEN_SMS_KEY_FILE    file with the key shared with the gateway, which signs requests and receipts
SHOUWEN_SMS_HOSTS       exact host names the gateway may have (default: this machine only)
SHOUWEN_SMTP_URL        smtp://user@host:port?starttls=1 or smtps://…; without it mails go to files
SHOUWEN_SMTP_PASSWORD_FILE  file with the password of that user
SHOUWEN_MAIL_FROM       address that mails come from
SHOUWEN_IMAP_URL        imaps://user@host/INBOX or imap://…?starttls=1; without it no mailbox is read
SHOUWEN_IMAP_PASSWORD_FILE  file with the password of that user
SHOUWEN_ALARM_MAIL      who is told of trouble of the installation itself, such as a missing calendar
SHOUWEN_TELEPHONY       none | simulator | ami://user@host:5038?trunks=endpoint (docs/telephony.md)
SHOUWEN_TELEPHONY_SECRET_FILE  file with that user's secret
SHOUWEN_TELEPHONY_KEY_FILE  file with the key that signs the calls an exchange reports over HTTP
SHOUWEN_SIMULATED_CALLS file of recorded calls that the simulator speaks again, turn by turn
SHOUWEN_RECORDINGS_DAYS how long recordings of calls are kept (default: 180)
SHOUWEN_BILLING         none | file | https://… of the billing system (docs/billing.md)
SHOUWEN_BILLING_KEY_FILE  file with the key it knows us by
SHOUWEN_BILLING_HOSTS   exact host names it may have (default: this machine only)
SHOUWEN_STATIC          collected | sources (sources: straight from the packages, for development and tests)
SHOUWEN_DEBUG           1 shows tracebacks in the browser; never on a real installation
"""

import os
from pathlib import Path

import dj_database_url

from shouwen.config import environment

ROOT = Path(__file__).resolve().parents[3]
SHOUWEN_HOME = environment.folder(os.environ, "SHOUWEN_HOME", default=ROOT / "var")
SHOUWEN_HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
SHOUWEN_HEADS_DIR = SHOUWEN_HOME / "heads"

DEBUG = environment.flag(os.environ, "SHOUWEN_DEBUG", default=False)
SECRET_KEY = environment.secret_key(os.environ, home=SHOUWEN_HOME)
ALLOWED_HOSTS = environment.words(
    os.environ, "SHOUWEN_ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]")
)
CSRF_TRUSTED_ORIGINS = environment.words(os.environ, "SHOUWEN_TRUSTED_ORIGINS", default=())

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "allauth.account",  # allauth.mfa stands on it; none of its pages is mounted
    "allauth.mfa",
    # Not django_htmx: its middleware is all we use, and its static files refer to some that are not there.
    "django_cotton",
    "template_partials",
    "shouwen.access",
    "shouwen.ui",
    "shouwen.journal",
    "shouwen.jobs",
    "shouwen.clocks",
    "shouwen.people",
    "shouwen.messages",
    "shouwen.custody",
    "shouwen.customers",
    "shouwen.cases",
    "shouwen.fieldwork",
    "shouwen.knowledge",
    "shouwen.hotline",
    "shouwen.review",
    "shouwen.counter",
    "shouwen.dispatch",
    "shouwen.inbox",
    "shouwen.visits",
    "shouwen.editions",
    "shouwen.clauses",
    "shouwen.reports",
    "shouwen.home",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shouwen.custody.middleware.EntranceMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shouwen.home.middleware.UnreadableStandardMiddleware",
]
ROOT_URLCONF = "shouwen.config.urls"
WSGI_APPLICATION = "shouwen.config.wsgi.application"
ASGI_APPLICATION = "shouwen.config.asgi.application"

TEMPLATES = [
    {
        # With a name of its own the engine keeps the loaders below: cotton and partials would each
        # replace those of an engine called "django" by a list that leaves the other out.
        "NAME": "pages",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "shouwen.custody.screen.screen",
            ],
        },
    }
]

# --- database -------------------------------------------------------------------------------------------
# Kept open between requests: the web server answers on a fixed set of threads, each with one connection.
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("SHOUWEN_DATABASE_URL") or f"sqlite:///{SHOUWEN_HOME / 'shouwen.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
# FULL, because with NORMAL a power cut loses commits that were already acknowledged. IMMEDIATE, because a
# transaction that reads first and writes later fails when another process wrote in between.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Staff"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- messages to people ---------------------------------------------------------------------------------
SHOUWEN_OUTBOX_DIR = SHOUWEN_HOME / "outbox"
SHOUWEN_SMS_URL = os.environ.get("SHOUWEN_SMS_URL", "")
SHOUWEN_SMS_KEY_FILE = os.environ.get("SHOUWEN_SMS_KEY_FILE", "")
SHOUWEN_SMS_HOSTS = environment.words(
    os.environ, "SHOUWEN_SMS_HOSTS", default=("localhost", "127.0.0.1", "::1")
)
SHOUWEN_SMTP_URL = os.environ.get("SHOUWEN_SMTP_URL", "")
SHOUWEN_SMTP_PASSWORD_FILE = os.environ.get("SHOUWEN_SMTP_PASSWORD_FILE", "")
SHOUWEN_MAIL_FROM = os.environ.get("SHOUWEN_MAIL_FROM", "")
SHOUWEN_IMAP_URL = os.environ.get("SHOUWEN_IMAP_URL", "")
SHOUWEN_IMAP_PASSWORD_FILE = os.environ.get("SHOUWEN_IMAP_PASSWORD_FILE", "")
SHOUWEN_ALARM_MAIL = os.environ.get("SHOUWEN_ALARM_MAIL", "")

# --- telephone --------------------------------------------------------------------------------------------
SHOUWEN_TELEPHONY = os.environ.get("SHOUWEN_TELEPHONY") or "none"
SHOUWEN_TELEPHONY_SECRET_FILE = os.environ.get("SHOUWEN_TELEPHONY_SECRET_FILE", "")
SHOUWEN_TELEPHONY_KEY_FILE = os.environ.get("SHOUWEN_TELEPHONY_KEY_FILE", "")
SHOUWEN_SIMULATED_CALLS = os.environ.get("SHOUWEN_SIMULATED_CALLS", "")
SHOUWEN_TELEPHONY_DIR = SHOUWEN_HOME / "telephony"
SHOUWEN_RECORDINGS_DIR = SHOUWEN_HOME / "recordings"
SHOUWEN_RECORDINGS_DAYS = environment.days(os.environ, "SHOUWEN_RECORDINGS_DAYS", default=180)

# --- billing ----------------------------------------------------------------------------------------------
SHOUWEN_BILLING = os.environ.get("SHOUWEN_BILLING") or "none"
SHOUWEN_BILLING_KEY_FILE = os.environ.get("SHOUWEN_BILLING_KEY_FILE", "")
SHOUWEN_BILLING_HOSTS = environment.words(
    os.environ, "SHOUWEN_BILLING_HOSTS", default=("localhost", "127.0.0.1", "::1")
)

LOCKED_VIEW = "shouwen.home.views.locking.locked"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
# Staff have a number and no e-mail: nobody signs up, and nothing is sent.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_no"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "shouwen.custody.factors.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]

# --- language and time ----------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "shouwen" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- files ----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = SHOUWEN_HOME / "static"
_STATIC_FROM_SOURCES = DEBUG or (
    environment.choice(os.environ, "SHOUWEN_STATIC", of=("collected", "sources")) == "sources"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _STATIC_FROM_SOURCES
        else "shouwen.config.static.CollectedStorage"
    },
}
WHITENOISE_USE_FINDERS = _STATIC_FROM_SOURCES
WHITENOISE_AUTOREFRESH = _STATIC_FROM_SOURCES

# The first handler drops what is too large, the others keep it.
FILE_UPLOAD_HANDLERS = [
    "shouwen.config.uploads.CeilingHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
SHOUWEN_ATTACHMENTS_DIR = SHOUWEN_HOME / "attachments"

# --- browser security -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # Tabler's stylesheet carries its small icons as data
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
_HTTPS = environment.flag(os.environ, "SHOUWEN_HTTPS", default=False)
# Browsers offer passkeys on secure origins and on this very machine, which has no certificate.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS
if environment.flag(os.environ, "SHOUWEN_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "shouwen"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: one long shift
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _HTTPS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "shouwen": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
