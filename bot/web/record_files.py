"""What staff take out: a case's records, and everything about a person, each a zip of a PDF, data and checksums."""

import hashlib
import io
import json
import zipfile
from typing import Any, Dict, List, Tuple

from sanic.response import HTTPResponse, raw

from bot.bootstrap import Services
from bot.core.audit import AuditEntry, AuditKind
from bot.core.cases import Case
from bot.core.danish import long_date
from bot.core.errors import NotAllowed
from bot.core.records import case_record, records, seen_record
from bot.core.staff import StaffMember
from bot.documents.record_document import Section, record_document
from bot.web.record_sections import RecordSections


class RecordFiles:
    """Makes the files; each is logged before it is made."""

    def __init__(self, services: Services):
        self._services = services
        self._words = services.content.phrases["records"]
        self._sections = RecordSections(services)

    def of_case(self, staff: StaffMember, case_id: str) -> Tuple[str, bytes]:
        """Return (name, zip) of a case's records; NotAllowed unless it is their unit's."""
        services = self._services
        case = services.casework.read(staff, case_id)
        if not staff.may_see(case):
            raise NotAllowed("who forwarded a case may read it, not take it out")
        merged = services.casework.merged_into(case)
        now = services.clock()
        services.audit.add(
            [
                AuditEntry(now, AuditKind.RECORDS, staff.id, case_id=one.id, reference=one.reference)
                for one in (case, *merged)
            ]
        )
        document = records(
            self._record(case), [self._record(one) for one in merged], services.content.municipality.id, now
        )
        sections = self._sections.of_case(document["case"])
        for one in document["merged"]:
            title = self._words.say("merged", reference=one["reference"])
            sections += [Section(title), *self._sections.of_case(one, level=3)]
        title = self._words.say("case_title", reference=case.reference)
        name = self._words.say("case_file", reference=case.reference)
        return name, self._zip("sag", document, self._pdf(title, "", sections, staff))

    def of_person(self, staff: StaffMember, text: str) -> Tuple[str, bytes]:
        """Return (name, zip) of all that is held about a person; errors are those of RightsDesk.export."""
        document = self._services.rights.export(staff, text)
        words, municipality = self._words, self._services.content.municipality
        lead = words.say("person_lead", municipality=municipality.name)
        sections = self._sections.of_person(document)
        pdf = self._pdf(words.say("person_title"), lead, sections, staff)
        return words.say("person_file"), self._zip("data", document, pdf)

    def _record(self, case: Case) -> Dict[str, Any]:
        services, now = self._services, self._services.clock()
        return {
            **case_record(case, services.casework.history(case), now),
            "mails": services.rights.mails_of(case.id),
            "seen": seen_record(services.audit.of_case(case.id), now),
        }

    def _pdf(self, title: str, lead: str, sections: List[Section], staff: StaffMember) -> bytes:
        now, author = self._services.clock(), self._services.content.municipality.name
        made = self._words.say("made", day=long_date(now.date()), staff=staff.name)
        return record_document(
            title,
            lead,
            sections,
            author=author,
            made=now,
            mark=f"{author} · {made}",
            page_words=self._words.say("page", page="{page}", pages="{pages}"),
        )

    def _zip(self, name: str, document: Dict[str, Any], pdf: bytes) -> bytes:
        """Return the archive; its SHA256SUMS is in the form that `sha256sum --check` reads."""
        data = json.dumps(document, ensure_ascii=False, indent=2).encode()
        files = {f"{name}.json": data, f"{name}.pdf": pdf}
        sums = "".join(f"{hashlib.sha256(body).hexdigest()}  {file}\n" for file, body in files.items())
        stamped = self._services.clock().timetuple()[:6]
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file, body in {**files, "SHA256SUMS": sums.encode()}.items():
                archive.writestr(zipfile.ZipInfo(file, stamped), body, zipfile.ZIP_DEFLATED)
        return packed.getvalue()


def zip_file(name: str, content: bytes) -> HTTPResponse:
    """Return an archive to be saved under a name of letters, digits and hyphens."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', "Cache-Control": "no-store"}
    return raw(content, content_type="application/zip", headers=headers)
