"""What writes in the room, one subject a file."""

from maillage.domain.actors.operations.access_requests import (
    Identity,
    accept_access,
    ask_access,
    refuse_access,
)
from maillage.domain.actors.operations.accounts import (
    Invitation,
    change_password,
    close_account,
    create_account,
    invite,
)
from maillage.domain.actors.operations.duplicates import dismiss_duplicate, review_again
from maillage.domain.actors.operations.links import (
    MadeLink,
    forget_old_links,
    link_to_use,
    make_link,
    use_link,
)
from maillage.domain.actors.operations.memberships import (
    add_partner,
    change_college,
    end_partner,
    join_pole,
    leave_pole,
)
from maillage.domain.actors.operations.merging import merge_organisations
from maillage.domain.actors.operations.organisations import (
    DuplicateSuspected,
    OrganisationFields,
    create_organisation,
    fields_of,
    make_known,
    update_organisation,
)
from maillage.domain.actors.operations.people import (
    create_person,
    end_mandate,
    give_mandate,
    update_person,
)
from maillage.domain.actors.operations.poles import (
    change_sponsor,
    create_college,
    create_pole,
    record_status,
    update_pole,
)
from maillage.domain.actors.operations.sites import (
    SiteFields,
    create_site,
    remove_site,
    set_head_site,
    update_site,
)

__all__ = [
    "DuplicateSuspected",
    "Identity",
    "Invitation",
    "MadeLink",
    "OrganisationFields",
    "SiteFields",
    "accept_access",
    "add_partner",
    "ask_access",
    "change_college",
    "change_password",
    "change_sponsor",
    "close_account",
    "create_account",
    "create_college",
    "create_organisation",
    "create_person",
    "create_pole",
    "create_site",
    "dismiss_duplicate",
    "end_mandate",
    "end_partner",
    "fields_of",
    "forget_old_links",
    "give_mandate",
    "invite",
    "join_pole",
    "leave_pole",
    "link_to_use",
    "make_known",
    "make_link",
    "merge_organisations",
    "record_status",
    "refuse_access",
    "remove_site",
    "review_again",
    "set_head_site",
    "update_organisation",
    "update_person",
    "update_pole",
    "update_site",
    "use_link",
]
