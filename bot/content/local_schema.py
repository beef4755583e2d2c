"""The shape of the files in a municipality's folder: which keys there are and what stands in them."""

from typing import Dict, List, Literal, Optional

from pydantic import StrictBool, conint, constr

from bot.content.routing_schema import AbsenceFile, CapacityFile, OpeningFile
from bot.content.schema import HttpsUrl, Identifier, Line, SourceFile, Strict, Text


class ServiceGoal(Strict):
    """Within how many working days the unit aims to answer, and whether it has agreed to that."""

    working_days: conint(ge=1, le=60, strict=True)
    agreed: StrictBool


class UnitFile(Strict):
    """The shape of data/municipalities/<name>/units/<unit>.yml."""

    id: Identifier
    name: Line
    called: Optional[Line]
    called_in_full: Optional[Line]
    for_whom: Line
    mailbox: constr(regex=r"^[^@\s]+@[^@\s]+\.[a-z]+$")
    phone: Text
    hours: str = ""
    service_goal: ServiceGoal
    topics: List[Identifier] = []
    opening: Optional[OpeningFile]
    capacity: Optional[CapacityFile]
    deputy: Optional[Identifier]
    absences: List[AbsenceFile] = []
    known_as: List[Line] = []


class AuthorityFile(Strict):
    """An entry of authorities.yml. Only somebody without a page of their own, such as a landlord, has no `url`."""

    name: Line
    url: Optional[HttpsUrl]
    phone: Optional[Text]


class MunicipalityFile(Strict):
    """data/municipalities/<name>/municipality.yml: what differs from one municipality to the next."""

    name: Line
    genitive: Line
    place: Line
    url: HttpsUrl
    page: SourceFile
    phone: Text
    address: Line
    case_prefix: constr(regex=r"^[A-Z]{3}$")
    default_unit: Identifier
    accessibility_contact: Line
    suggestions: List[Line] = []
    phrases: Dict[Identifier, Dict[Identifier, Line]] = {}


AreaName = Literal["inside", "partly", "outside"]
PostcodeText = constr(regex=r"^[0-9]{4}$", strict=True)


class PostcodeFile(Strict):
    """A postcode in places.yml."""

    name: Line
    area: AreaName


class PlaceFile(Strict):
    """A town, village or neighbour in places.yml."""

    area: AreaName
    postcode: Optional[PostcodeText]
    also: List[Line] = []
    exact: StrictBool = False


class PlacesFile(Strict):
    """data/municipalities/<name>/places.yml: where visitors write from and about."""

    postcodes: Dict[PostcodeText, PostcodeFile]
    places: Dict[Line, PlaceFile]
