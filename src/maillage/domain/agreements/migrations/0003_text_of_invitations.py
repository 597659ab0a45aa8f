"""Each letter already sent names the text it asked to read; twins of one address give way to the one that served."""

from django.db import migrations

# The last text written before the letter left; the first one where none was, for a letter is not of a text to come.
FILL = """
    UPDATE agreements_consentinvitation AS sent SET text_id = (
        SELECT text.id FROM agreements_agreementtext AS text
        WHERE text.agreement_id = sent.agreement_id AND text.amendment_id IS NOT DISTINCT FROM sent.amendment_id
        ORDER BY (text.written_at <= sent.sent_at) DESC,
            CASE WHEN text.written_at <= sent.sent_at THEN -text.number ELSE text.number END LIMIT 1
    )
"""
# History has no constraint: 0 where the agreement itself is no more.
PAST = """
    UPDATE agreements_consentinvitationevent AS sent SET text_id = COALESCE((
        SELECT text.id FROM agreements_agreementtext AS text
        WHERE text.agreement_id = sent.agreement_id AND text.amendment_id IS NOT DISTINCT FROM sent.amendment_id
        ORDER BY (text.written_at <= sent.sent_at) DESC,
            CASE WHEN text.written_at <= sent.sent_at THEN -text.number ELSE text.number END LIMIT 1
    ), 0) WHERE sent.text_id IS NULL
"""
TWINS = """
    DELETE FROM agreements_consentinvitation AS sent WHERE sent.text_id IS NULL OR EXISTS (
        SELECT 1 FROM agreements_consentinvitation AS twin
        WHERE twin.text_id = sent.text_id AND twin.organisation_id = sent.organisation_id
            AND lower(twin.email) = lower(sent.email)
            AND (twin.used_at IS NOT NULL, twin.id) > (sent.used_at IS NOT NULL, sent.id)
    )
"""


class Migration(migrations.Migration):

    dependencies = [("agreements", "0002_refusals")]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(TWINS, migrations.RunSQL.noop),
        migrations.RunSQL(PAST, migrations.RunSQL.noop),
    ]
