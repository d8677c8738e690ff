//! Who and what documents speak of, drawn at random.

use serde_json::{Value, json};

/// Numbers that come one after the other (splitmix64, Steele et al. 2014): the same seed, the same documents.
pub struct Drawn(u64);

impl Drawn {
    pub fn from(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
}

const FIRST: [&str; 48] = [
    "Aurélien",
    "Maëlle",
    "Tanguy",
    "Solenn",
    "Gaspard",
    "Apolline",
    "Yann",
    "Enora",
    "Bastien",
    "Capucine",
    "Rémi",
    "Clémence",
    "Loïc",
    "Bérénice",
    "Hippolyte",
    "Armelle",
    "Samba",
    "Fatoumata",
    "Mamadou",
    "Aïssatou",
    "Rachid",
    "Nadia",
    "Mehdi",
    "Samira",
    "Hocine",
    "Leïla",
    "Thanh",
    "Linh",
    "Minh",
    "Wei",
    "Jérémie",
    "Déborah",
    "Ilyès",
    "Inaya",
    "Kevin",
    "Mégane",
    "Jean-Baptiste",
    "Marie-Laure",
    "Anne-Sophie",
    "Pierre-Yves",
    "Giulia",
    "Matteo",
    "João",
    "Inês",
    "Piotr",
    "Agnieszka",
    "Ibrahim",
    "Zeynep",
];
const LAST: [&str; 52] = [
    "Kerbrat",
    "Le Bihan",
    "Guivarch",
    "Quéméneur",
    "Delattre",
    "Vandenbroucke",
    "Lefèbvre",
    "Schmitt",
    "Muller",
    "Wagner",
    "Etcheverry",
    "Bidegain",
    "Santoni",
    "Casanova",
    "Rousselin",
    "Charpentier",
    "Marchand",
    "Boulanger",
    "Lenoir",
    "Blanchet",
    "Dumoulin",
    "Rivière",
    "Fontaine",
    "Laforêt",
    "Besnard",
    "Cousin",
    "Vasseur",
    "Bertin",
    "Diallo",
    "Traoré",
    "Konaté",
    "Sow",
    "Benali",
    "Belkacem",
    "Haddad",
    "Mansouri",
    "Ould Ahmed",
    "El Amrani",
    "Nguyen",
    "Tran",
    "Pham",
    "Chen",
    "Rossi",
    "Ferreira",
    "Da Costa",
    "Kowalski",
    "Yilmaz",
    "Dupuy-Lacroix",
    "Martin-Roux",
    "de La Tour",
    "d'Hautefort",
    "Saint-Martin",
];
const STREETS: [&str; 16] = [
    "rue des Glycines",
    "avenue Jean Moulin",
    "impasse du Moulin",
    "chemin des Vignes",
    "allée des Tilleuls",
    "place de l'Église",
    "boulevard Voltaire",
    "rue du 19 Mars 1962",
    "route de Bordeaux",
    "square Louise Michel",
    "quai de la Loire",
    "rue Émile Zola",
    "lotissement Les Genêts",
    "hameau de Kerlouan",
    "cours Gambetta",
    "sentier des Douaniers",
];
const TOWNS: [(&str, &str); 24] = [
    ("22300", "Lannion"),
    ("29270", "Carhaix-Plouguer"),
    ("59270", "Bailleul"),
    ("62120", "Aire-sur-la-Lys"),
    ("67160", "Wissembourg"),
    ("64220", "Saint-Jean-Pied-de-Port"),
    ("20250", "Corte"),
    ("47300", "Villeneuve-sur-Lot"),
    ("63600", "Ambert"),
    ("03100", "Montluçon"),
    ("38350", "La Mure"),
    ("05100", "Briançon"),
    ("83390", "Cuers"),
    ("34800", "Clermont-l'Hérault"),
    ("81400", "Carmaux"),
    ("16500", "Confolens"),
    ("79300", "Bressuire"),
    ("61300", "L'Aigle"),
    ("50300", "Avranches"),
    ("02300", "Chauny"),
    ("08200", "Sedan"),
    ("55100", "Verdun"),
    ("97421", "Saint-Louis"),
    ("97160", "Le Moule"),
];
const MONTHS: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

/// The person whose file it is.
pub struct Person {
    first: String,
    last: String,
    born: (u64, u64, u64),
    town: &'static str,
    street: String,
    home: (&'static str, &'static str),
    phone: String,
    email: String,
    nir: String,
}

impl Person {
    pub fn draw(drawn: &mut Drawn) -> Self {
        let (first, last) = ((*drawn.one(&FIRST)).to_owned(), (*drawn.one(&LAST)).to_owned());
        let born = (1 + drawn.below(28), 1 + drawn.below(12), 1935 + drawn.below(70));
        let body = format!("{}{:02}{:02}{}", 1 + drawn.below(2), born.2 % 100, born.1, drawn.digits(8).replace("00", "17"));
        let body = &body[..13];
        let key = 97 - body.parse::<u64>().expect("digits") % 97;
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
        let email = format!(
            "{}.{}{}@{}",
            letters(&first),
            letters(&last),
            drawn.below(90),
            drawn.one(&["orange.fr", "free.fr", "gmail.com"])
        );
        let street = format!("{} {}", 1 + drawn.below(120), drawn.one(&STREETS));
        let phone = format!("0{}{}", 1 + drawn.below(7), drawn.digits(8));
        Self {
            first,
            last,
            born,
            town: drawn.one(&TOWNS).1,
            street,
            home: *drawn.one(&TOWNS),
            phone,
            email,
            nir: format!("{body}{key:02}"),
        }
    }

    /// What an application would declare of the file.
    pub fn known(&self) -> Value {
        let (number, street) = self.street.split_once(' ').expect("a number");
        let address = json!({ "number": number, "street": street, "postcode": self.home.0, "city": self.home.1 });
        let born = format!("{}-{:02}-{:02}", self.born.2, self.born.1, self.born.0);
        json!({ "first": self.first, "last": self.last, "birth_date": born, "nir": self.nir, "address": address, "email": self.email, "phone": self.phone })
    }

    /// What a slot of a template is for this person: a label, and one of its spellings. `T` is somebody else.
    pub fn slot(&self, slot: &str, drawn: &mut Drawn) -> (&'static str, String) {
        match slot {
            "S" => ("PERSON", named(&self.first, &self.last, drawn)),
            "S.last" => ("PERSON", self.last.to_uppercase()),
            "S.first" => ("PERSON", self.first.clone()),
            "T" => {
                let (first, last) = ((*drawn.one(&FIRST)).to_owned(), (*drawn.one(&LAST)).to_owned());
                ("PERSON", named(&first, &last, drawn))
            }
            "T.last" => ("PERSON", (*drawn.one(&LAST)).to_owned()),
            "born" => ("BIRTH_DATE", date(self.born, drawn)),
            "T.born" => ("BIRTH_DATE", date((1 + drawn.below(28), 1 + drawn.below(12), 1950 + drawn.below(70)), drawn)),
            "bornin" => ("BIRTH_PLACE", self.town.to_owned()),
            "street" => ("ADDRESS", self.street.clone()),
            "home" => ("POSTAL_CITY", format!("{} {}", self.home.0, self.home.1)),
            "phone" => ("PHONE", grouped(&self.phone, 2, drawn.one::<&str>(&[" ", ".", "", "-"]))),
            "email" => ("EMAIL", self.email.clone()),
            "nir" => ("NIR", if drawn.below(2) == 0 { self.nir.clone() } else { spaced(&self.nir, &[1, 2, 2, 2, 3, 3, 2]) }),
            "iban" => ("IBAN", iban(drawn)),
            "plate" => ("PLATE", format!("{}-{}-{}", letters(2, drawn), drawn.digits(3), letters(2, drawn))),
            other => panic!("no slot {other}"),
        }
    }
}

fn named(first: &str, last: &str, drawn: &mut Drawn) -> String {
    match drawn.below(5) {
        0 => format!("{} {first}", last.to_uppercase()),
        1 => format!("{first} {}", last.to_uppercase()),
        // "M. Dupont" is Monsieur.
        2 if !first.starts_with('M') => format!("{}. {last}", first.chars().next().expect("a letter")),
        _ => format!("{first} {last}"),
    }
}

fn date((day, month, year): (u64, u64, u64), drawn: &mut Drawn) -> String {
    match drawn.below(4) {
        0 => format!("{day:02}/{month:02}/{year}"),
        1 => format!("{day:02}.{month:02}.{year}"),
        2 => format!("{day:02}-{month:02}-{:02}", year % 100),
        _ => format!("{day} {} {year}", MONTHS[month as usize - 1]),
    }
}

fn iban(drawn: &mut Drawn) -> String {
    let (bank, branch, account) = (drawn.digits(5), drawn.digits(5), drawn.digits(11));
    let number = |text: &str| text.parse::<u128>().expect("digits");
    let key = 97 - (89 * number(&bank) + 15 * number(&branch) + 3 * number(&account)) % 97;
    let body = format!("{bank}{branch}{account}{key:02}");
    // F is 15 and R is 27 (ISO 13616).
    let check = 98 - number(&format!("{body}152700")) % 97;
    grouped(&format!("FR{check:02}{body}"), 4, " ")
}

fn grouped(text: &str, by: usize, gap: &str) -> String {
    text.as_bytes().chunks(by).map(|piece| String::from_utf8_lossy(piece)).collect::<Vec<_>>().join(gap)
}

fn spaced(text: &str, lengths: &[usize]) -> String {
    let mut rest = text;
    let pieces = lengths.iter().map(|length| {
        let (piece, more) = rest.split_at(*length);
        rest = more;
        piece
    });
    pieces.collect::<Vec<_>>().join(" ")
}

fn letters(count: usize, drawn: &mut Drawn) -> String {
    (0..count).map(|_| *drawn.one(&['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q', 'R'])).collect()
}

/// What looks personal and is not.
pub fn decoy(kind: &str, drawn: &mut Drawn) -> String {
    match kind {
        "date" => date((1 + drawn.below(28), 1 + drawn.below(12), 2019 + drawn.below(8)), drawn),
        "city" | "orgcity" => drawn.one(&TOWNS).1.to_owned(),
        "amount" => format!("{},{} €", 10 + drawn.below(4000), drawn.digits(2)),
        "siret" => luhn(drawn.digits(13)),
        "invoice" => format!("FA-{}-{}", 2020 + drawn.below(7), drawn.digits(6)),
        "decree" => format!(
            "décret n° {}-{} du {}",
            2000 + drawn.below(25),
            100 + drawn.below(1800),
            date((1, 1 + drawn.below(12), 2015), drawn)
        ),
        "law" => {
            format!("article L. {}-{} du code de l'action sociale et des familles", 100 + drawn.below(300), 1 + drawn.below(30))
        }
        "org" => (*drawn.one(&[
            "Établissements Bouvier",
            "SARL Garage du Centre",
            "Orange",
            "Engie",
            "Crédit Agricole",
            "Transports Morel",
            "La Banque Postale",
            "Veolia",
        ]))
        .to_owned(),
        "school" => (*drawn.one(&[
            "école Jules Ferry",
            "collège Simone Veil",
            "lycée Marie Curie",
            "crèche Les Petits Pas",
            "gymnase Alain Colas",
        ]))
        .to_owned(),
        "streetpub" => (*drawn.one(&[
            "place du Marché",
            "rue Nationale",
            "quartier des Minimes",
            "arrêt de bus Mairie",
            "rond-point de l'Europe",
        ]))
        .to_owned(),
        "commonname" => {
            (*drawn.one(&["le petit boulanger", "la belle fontaine", "un charpentier du bourg", "la rivière", "un martin-pêcheur"]))
                .to_owned()
        }
        other => panic!("no decoy {other}"),
    }
}

fn luhn(mut digits: String) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let value = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    digits.push(char::from(b'0' + ((10 - sum % 10) % 10) as u8));
    digits
}
