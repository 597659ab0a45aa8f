"""Extensions and the two functions that every room leans on: folding of names, checks of identifiers."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    CreateExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

FOLD = r"""
CREATE OR REPLACE FUNCTION maillage_fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT btrim(regexp_replace(lower(public.unaccent('public.unaccent', words)), '[^a-z0-9&]+', ' ', 'g'))
$$;
"""

LUHN = r"""
CREATE OR REPLACE FUNCTION maillage_luhn(digits text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT digits ~ '^[0-9]+$' AND (
        SELECT sum(CASE WHEN (length(digits) - place) % 2 = 0 THEN digit
                        WHEN digit * 2 > 9 THEN digit * 2 - 9
                        ELSE digit * 2 END)
        FROM (SELECT place, substr(digits, place, 1)::int AS digit
              FROM generate_series(1, length(digits)) AS place) AS each_digit
    ) % 10 = 0
$$;
"""

SIRET = r"""
CREATE OR REPLACE FUNCTION maillage_siret(digits text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT digits ~ '^[0-9]{14}$' AND public.maillage_luhn(substr(digits, 1, 9)) AND (
        public.maillage_luhn(digits)
        OR (substr(digits, 1, 9) = '356000000' AND (
            SELECT sum(substr(digits, place, 1)::int) FROM generate_series(1, 14) AS place) % 5 = 0)
    )
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        CreateExtension("cube"),
        CreateExtension("earthdistance"),
        migrations.RunSQL(FOLD, "DROP FUNCTION maillage_fold(text)"),
        migrations.RunSQL(LUHN, "DROP FUNCTION maillage_luhn(text)"),
        migrations.RunSQL(SIRET, "DROP FUNCTION maillage_siret(text)"),
    ]
