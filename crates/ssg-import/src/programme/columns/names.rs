//! Names of columns, in the languages that such tables are written in.

use super::Column;

/// Columns with the name that the book has, and names that mean the same, parted by `|`: in lower case, words parted by
/// one space.
pub(super) const NAMES: &[(Column, &str, &str)] = &[
    (Column::Id, "id", "code|uid|guid|session id|talk id|nr|no|number|nummer|proposal id"),
    (
        Column::Starts,
        "starts",
        "start|start time|starttime|begin|begins|beginn|beginnt|from|von|ab|time|uhrzeit|zeit|startzeit|\
         heure|début|debut|heure de début|hora|inicio|hora inicio|hora de inicio|inizio|início|\
         starts at|scheduled at|start datetime|date time|datetime|dtstart|aanvang|tijd|hour|when|slot|\
         time slot|timeslot",
    ),
    (
        Column::Ends,
        "ends",
        "end|end time|endtime|ende|endet|bis|to|until|endzeit|fin|heure de fin|hora fin|hora de fin|\
         fine|fim|ends at|einde|dtend|finish",
    ),
    (Column::Date, "date", "day|datum|tag|jour|fecha|día|dia|data|giorno|dag|start date|conference day"),
    (
        Column::Duration,
        "duration",
        "length|minutes|dauer|dauer min|dauer minuten|min|durée|duree|duración|durata|duração|duur|\
         duration min|duration minutes|length minutes|länge",
    ),
    (
        Column::Room,
        "room",
        "raum|saal|salle|sala|zaal|location|ort|stage|bühne|venue|place|hall|lieu|lugar|room name|aula|\
         auditorium",
    ),
    (
        Column::Kind,
        "kind",
        "type|art|typ|format|session type|session format|tipo|talk type|submission type|soort|kategorie",
    ),
    (
        Column::Title,
        "title",
        "titel|titre|título|titulo|titolo|name|talk|session|talk title|session title|vortrag|thema|\
         topic|subject|summary|event|beitrag|conférence|charla|ponencia|proposal title",
    ),
    (Column::Subtitle, "subtitle", "untertitel|sous titre|subtítulo"),
    (
        Column::Speakers,
        "speakers",
        "speaker|personen|person|persons|people|referent|referenten|referentin|referent in|\
         referent innen|vortragende|vortragender|sprecher|sprecherin|sprecher in|sprecher innen|\
         presenter|presenters|author|authors|autor|autoren|who|wer|orateur|orateurs|oratrice|\
         intervenant|intervenants|ponente|ponentes|relatore|relatori|palestrante|palestrantes|spreker|\
         sprekers|speaker name|speaker names|speaker s|full name|host|facilitator|conférencier|\
         conférenciers",
    ),
    (Column::FirstName, "first name", "firstname|vorname|prénom|nombre|speaker first name|given name"),
    (
        Column::LastName,
        "last name",
        "lastname|nachname|nom|apellido|apellidos|surname|speaker last name|family name",
    ),
    (Column::Track, "track", "stream|strang|pista|themenstrang|filière"),
    (Column::Language, "language", "sprache|langue|idioma|lingua|taal|lang|content locale|spoken language"),
    (Column::Level, "level", "niveau|nivel|livello|difficulty|audience level|schwierigkeit"),
    (
        Column::Abstract,
        "abstract",
        "kurztext|kurzbeschreibung|teaser|zusammenfassung|résumé|resume|resumen|short description|\
         elevator pitch|riassunto|resumo|samenvatting",
    ),
    (
        Column::Description,
        "description",
        "beschreibung|text|descripción|descripcion|descrizione|descrição|long description|inhalt|\
         details|beschrijving|content|body",
    ),
    (Column::Topics, "topics", "tags|keywords|schlagworte|schlagwörter|themen|categories|category|temas"),
    (
        Column::Video,
        "video",
        "recording|video url|recording url|aufzeichnung|youtube|vidéo|vídeo|grabación|video link",
    ),
    (
        Column::Slides,
        "slides",
        "slides url|folien|slide deck|diapositives|diapositivas|presentation|präsentation|slides link|\
         deck",
    ),
    (Column::Link, "link", "url|website|links|weblink|session url|enlace|lien"),
    (Column::Picture, "picture", "image|bild|logo|talk image"),
    (Column::Status, "status", "state|zustand|estado|statut"),
    (
        Column::Biography,
        "biography",
        "bio|biografie|biographie|biografía|speaker bio|about the speaker|speaker biography|vita",
    ),
    (
        Column::Portrait,
        "portrait",
        "photo|speaker photo|speaker picture|profile picture|avatar|headshot|foto|porträt",
    ),
    (Column::Pronouns, "pronouns", "pronomen|pronoms|pronombres"),
    (
        Column::Affiliation,
        "affiliation",
        "company|organization|organisation|employer|firma|unternehmen|entreprise|empresa|tagline|\
         tag line|job title|institution",
    ),
    (
        Column::Homepage,
        "homepage",
        "speaker url|speaker website|speaker link|twitter|mastodon|github|linkedin|blog|bluesky",
    ),
];
