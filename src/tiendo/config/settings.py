"""One settings file; what differs between machines comes from the environment (docs/settings.md)."""

from django.utils.csp import CSP

from tiendo.config import environment as env

ROOT = env.ROOT
DATA = env.folder("TIENDO_DATA", ROOT / "var")
env.keep_private(DATA)
DEBUG = env.flag("TIENDO_DEBUG", default=False)
SECRET_KEY = env.secret_key(DATA)
# What the audit is sealed with, and where its ends are kept day by day: both outside the database (docs/operations.md).
AUDIT_KEYS = env.audit_keys(DATA)
AUDIT_HEADS = env.folder("TIENDO_AUDIT_HEADS", DATA / "audit_heads")
ALLOWED_HOSTS = env.names("TIENDO_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("TIENDO_ORIGINS", "")
HTTPS = env.flag("TIENDO_HTTPS", default=False)
CSRF_FAILURE_VIEW = "tiendo.doors.desk.session.views.stale"

INSTALLED_APPS = [
    "tiendo.foundation.audit",
    "tiendo.foundation.accounts",
    "tiendo.foundation.notifications",
    "tiendo.foundation.organisations",
    "tiendo.work.directives",
    "tiendo.work.programmes",
    "tiendo.work.handovers",
    "tiendo.doors.ui",
    "tiendo.doors.desk",
    "tiendo.doors.commands",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_ox",
    # Second factors, single sign-on, open sessions: its tables and protocols. None of its pages has an address here.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # without it allauth does not start
    "tiendo.doors.desk.middleware.DeskMiddleware",
]

ROOT_URLCONF = "tiendo.config.urls"
WSGI_APPLICATION = "tiendo.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tiendo.doors.desk.context.desk",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tiendo.doors.ui.templatetags.quick",
                "tiendo.doors.ui.templatetags.ui",
            ],
        },
    }
]

DATABASES = {"default": env.database("TIENDO_DATABASE", DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The code knows only `django.tasks`; the engine is named here and in tiendo.config.worker.
# A job whose process died is taken up again when its lease (seconds) has run out.
TASKS = {
    "default": {
        "BACKEND": "django_ox.backend.OxBackend",
        # One attempt more than a reading may crash (readings.ATTEMPTS): the last one says that it failed.
        "OPTIONS": {"LOCK_TIMEOUT": env.number("TIENDO_JOB_LEASE", 30, least=2, most=3600), "MAX_ATTEMPTS": 4},
    }
}
JOBS_IN_WEB = env.flag("TIENDO_JOBS_IN_WEB", default=True)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["tiendo.foundation.accounts.backend.HouseBackend"]
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "tiendo.foundation.accounts.strength.GuessValidator"},
]

# Wrong passwords: so many within so many minutes, then the door stays shut until they are over.
SIGN_IN_TRIES = env.number("TIENDO_SIGN_IN_TRIES", 5, least=1, most=1000)
SIGN_IN_TRIES_ADDRESS = env.number("TIENDO_SIGN_IN_TRIES_ADDRESS", 50, least=1, most=100000)
SIGN_IN_MINUTES = env.number("TIENDO_SIGN_IN_MINUTES", 15, least=1, most=1440)
PROXIES = env.names("TIENDO_PROXIES", "127.0.0.1,::1")

# Minutes without a request after which a session asks who is there; 0: never.
IDLE_MINUTES = env.number("TIENDO_IDLE_MINUTES", 30, most=720)

# Days that a link for drafting lives, unless whoever issues it says otherwise.
LINK_DAYS = env.number("TIENDO_LINK_DAYS", 14, least=1, most=60)

# Days that an invitation to choose one's own password lives.
INVITATION_DAYS = env.number("TIENDO_INVITATION_DAYS", 7, least=1, most=60)

# A second factor: who must have one (auto: as the office chose, `tiendo second-factor`), and from where it is asked.
SECOND_FACTOR = env.choice("TIENDO_SECOND_FACTOR", "auto", ("AUTO", "OFF", "ROLES", "ALL")).lower()
OFFICE_NETWORKS = env.networks("TIENDO_OFFICE_NETWORKS")
MFA_ADAPTER = "tiendo.foundation.accounts.adapter.FactorAdapter"
MFA_TOTP_ISSUER = "Tiến Độ"
MFA_TOTP_TOLERANCE = 1  # half a minute either way: phones and old machines differ

# The province's single sign-on by OpenID Connect; off until its address is set.
SSO = env.Sso(
    issuer=env.text("TIENDO_SSO_ISSUER", ""),
    client=env.text("TIENDO_SSO_CLIENT", ""),
    secret=env.text("TIENDO_SSO_SECRET", ""),
    name=env.text("TIENDO_SSO_NAME", "Tài khoản của tỉnh"),
    claim=env.text("TIENDO_SSO_CLAIM", "sub"),
    create=env.flag("TIENDO_SSO_CREATE", default=False),
    strong=env.flag("TIENDO_SSO_STRONG", default=False),
)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": SSO.apps(), "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_STORE_TOKENS = False

# How often a day may be put off: granted extensions of one obligation.
EXTENSIONS = env.number("TIENDO_EXTENSIONS", 2, most=100)

# So many days stay at least for what a confirming body asks for more ("đề nghị bổ sung").
SUPPLEMENT_DAYS = env.number("TIENDO_SUPPLEMENT_DAYS", 5, least=1, most=60)

# The source language of every text is Vietnamese; English is the second catalogue.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "tiendo" / "locale"]
FORMAT_MODULE_PATH = ["tiendo.config.formats"]
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [
    ("htmx", ROOT / "node_modules" / "htmx.org" / "dist"),
    ("be-vietnam-pro", ROOT / "node_modules" / "@fontsource" / "be-vietnam-pro" / "files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# A task without a date of its own is looked at again within so many days.
REVIEW_DAYS = env.number("TIENDO_REVIEW_DAYS", 90, least=1, most=90)

# Whether people are reminded on days off, too; else the next working day makes up for them.
REMIND_ON_DAYS_OFF = env.flag("TIENDO_REMIND_ON_DAYS_OFF", default=False)

# Notices by e-mail as well; off until a mail server is named.
SMTP = env.Smtp(
    host=env.text("TIENDO_SMTP_HOST", ""),
    port=env.number("TIENDO_SMTP_PORT", 587, least=1, most=65535),
    user=env.text("TIENDO_SMTP_USER", ""),
    password=env.text("TIENDO_SMTP_PASSWORD", ""),
    security=env.choice("TIENDO_SMTP_SECURITY", "STARTTLS", ("STARTTLS", "TLS", "NONE")),
    sender=env.text("TIENDO_SMTP_FROM", ""),
    links=env.text("TIENDO_SMTP_LINKS", ""),
)
MAILERS = SMTP.mailers()
DEFAULT_FROM_EMAIL = SMTP.sender
MAIL_LINKS = SMTP.links.rstrip("/")

# Uploads go to disk as they come; the limit is checked before they are stored.
UPLOAD_LIMIT_MB = env.number("TIENDO_UPLOAD_LIMIT_MB", 100, least=1, most=1024)
DISK_RESERVE_MB = env.number("TIENDO_DISK_RESERVE_MB", 500, most=1_000_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# In the data folder: an upload may turn out to carry a secrecy mark, and the system's /tmp is not ours to keep clean.
FILE_UPLOAD_TEMP_DIR = DATA / "uploads"
# The folder is made with the first upload that needs it; without a mail server there is no mailer.
SILENCED_SYSTEM_CHECKS = ["files.E001", "mail.W001"]
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "tiendo.config.uploads.UploadHandler",
]

# A reading runs in a child process: no file may take more than this.
READING_SECONDS = env.number("TIENDO_READING_SECONDS", 120, least=5, most=86400)
READING_MEMORY_MB = env.number("TIENDO_READING_MEMORY_MB", 1024, least=256, most=65536)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("TIENDO_LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")),
    },
}
