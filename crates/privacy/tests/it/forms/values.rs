//! Values of each kind, in the forms in which they are written.

use super::Draw;

const TOWNS: [&str; 16] = [
    "Quimper",
    "Saint-Étienne-du-Rouvray",
    "Le Puy-en-Velay",
    "L'Haÿ-les-Roses",
    "Aix-en-Provence",
    "Bourg-la-Reine",
    "La Rochelle",
    "Vitry-le-François",
    "Ajaccio",
    "Sainte-Rose",
    "Mont-de-Marsan",
    "Thonon-les-Bains",
    "Le Havre",
    "Dole",
    "Neuilly sur Marne",
    "Les Abymes",
];
const NAMES: [&str; 12] = [
    "des Capucins",
    "de la Gare",
    "Victor Hugo",
    "du Général Leclerc",
    "de l'Église",
    "Pasteur",
    "du 19 Mars 1962",
    "des Quatre Vents",
    "Pierre et Marie Curie",
    "d'Alsace",
    "du Maréchal Foch",
    "aux Herbes",
];
const WAYS: [&str; 14] = [
    "rue",
    "avenue",
    "boulevard",
    "chemin",
    "allée",
    "place",
    "impasse",
    "route",
    "square",
    "bd",
    "av.",
    "quai",
    "Rue",
    "faubourg",
];
const MONTHS: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

pub(super) fn of(kind: &str, draw: &mut Draw) -> String {
    match kind.trim_start_matches('!') {
        "NAME" => draw.of(&["Anne Morvan", "Karim BELKACEM", "Mme Perrot", "Joseph Diallo"]).to_owned(),
        "BIRTH_DATE" => date(draw, 1935, 80),
        "DATE" | "date" => date(draw, 2012, 14),
        "BIRTH_PLACE" => town(draw),
        "ADDRESS" => address(draw),
        "HAMLET" => format!(
            "{} {}",
            draw.of(&["lieu-dit", "Lieu-dit", "hameau", "lieudit"]),
            draw.of(&["Kerguelen", "La Croix Rouge", "Le Moulin Neuf", "Bellevue"])
        ),
        "POSTAL_CITY" => postal(draw),
        "PHONE" => phone(draw),
        "EMAIL" => email(draw),
        "NIR" => nir(draw),
        "CAF_NUM" => draw.digits(7) + draw.of(&["", "", "B", " M"]),
        "FT_NUM" => draw.digits(7) + draw.of(&["K", "W"]),
        "AGDREF" => "99".to_owned() + &draw.digits(8),
        "SPI" => {
            let number = draw.of(&["0", "1", "2"]).to_owned() + &draw.digits(12);
            group(&number, &[2, 2, 3, 3, 3], draw.of(&["", " "]))
        }
        "CNI" => {
            if draw.below(2) == 0 {
                draw.digits(12)
            } else {
                format!("{}{}{}", draw.of(&["X4R", "D2H", "T7K"]), draw.of(&["TBW", "LAZ"]), draw.digits(3))
            }
        }
        "PASSPORT" => draw.digits(2) + draw.of(&["AB", "FK", "HV"]) + &draw.digits(5),
        "LICENCE" => draw.digits(12),
        "PLATE" => {
            let sign = draw.of(&["-", " ", ""]);
            format!("{}{sign}{}{sign}{}", draw.of(&["AB", "GT", "FZ"]), draw.digits(3), draw.of(&["CD", "HX", "WN"]))
        }
        "RPPS" => "10".to_owned() + &draw.digits(9),
        "ADELI" => draw.of(&["29", "75", "13"]).to_owned() + &draw.digits(7),
        "IBAN" => iban(draw),
        "CARD" => card(draw),
        "IP" => {
            if draw.below(3) == 0 {
                "2a01:cb08:8d4:9a00:1c2e:44ff:fe10:7f2b".to_owned()
            } else {
                format!("{}.{}.{}.{}", 1 + draw.below(223), draw.below(256), draw.below(256), draw.below(256))
            }
        }
        "URL_TOKEN" => format!(
            "https://{}/{}{}",
            draw.of(&["demarches.exemple.fr", "www.mairie-exemple.fr"]),
            draw.of(&["suivi?token=", "lien?jeton=", "acces?id=12&cle="]),
            draw.of(&["9f3a7c21bb04", "Zk39xQ77aP"])
        ),
        "GPS" => format!(
            "{}.{}{}{}.{}",
            41 + draw.below(10),
            1000 + draw.below(9000),
            draw.of(&[", ", " ; ", "/"]),
            draw.below(8),
            1000 + draw.below(9000)
        ),
        "INE" => draw.digits(9) + draw.of(&["HB", "KC", "FA"]),
        "law" => format!("{}-{}", 1978 + draw.below(45), 1 + draw.below(999)),
        "invoice" => draw.of(&["F", "FA-", "", "2024-"]).to_owned() + &draw.digits(8),
        "amount" => format!("{} {:03},{:02} €", 1 + draw.below(60), draw.below(1000), draw.below(100)),
        "street" => format!("{} {}", draw.of(&["rue", "avenue", "place", "boulevard"]), draw.of(&NAMES)),
        "town" => town(draw),
        "siret" => siret(draw),
        "num13" => "4".to_owned() + &draw.digits(12),
        "num15" => "5".to_owned() + &draw.digits(14),
        "permit" => format!("PC 0{} {} {} A{}", 10 + draw.below(80), draw.digits(3), draw.digits(2), draw.digits(4)),
        "cadastre" => format!("{} {}", draw.of(&["AB", "ZC", "D"]), 1 + draw.below(400)),
        "rcs" => format!("RCS {} {} {} {}", draw.of(&["Quimper", "Paris"]), draw.digits(3), draw.digits(3), draw.digits(3)),
        "count" => format!("{} {:03}", 1 + draw.below(60), draw.below(1000)),
        "uai" => draw.digits(7) + "L",
        other => panic!("no value of the kind {other}"),
    }
}

fn town(draw: &mut Draw) -> String {
    let town = draw.of(&TOWNS).to_owned();
    if draw.below(4) == 0 { town.to_uppercase() } else { town }
}

fn date(draw: &mut Draw, first: usize, years: usize) -> String {
    let (day, month, year) = (1 + draw.below(28), 1 + draw.below(12), first + draw.below(years));
    match draw.below(6) {
        0 => format!("{day} {} {year}", MONTHS[month - 1]),
        1 => format!("{day:02}.{month:02}.{year}"),
        2 => format!("{year}-{month:02}-{day:02}"),
        3 => format!("{day:02}/{month:02}/{:02}", year % 100),
        4 => format!("{day:02} {month:02} {year}"),
        _ => format!("{day:02}/{month:02}/{year}"),
    }
}

fn address(draw: &mut Draw) -> String {
    let number = format!("{}{}", 1 + draw.below(220), draw.of(&["", "", "", " bis", "ter", " B", ","]));
    let door = draw.of(&["", "", "", ", bâtiment C", ", appt 14", ", 2e étage", ", Résidence Les Pins", ", escalier B, porte 12"]);
    format!("{number} {} {}{door}", draw.of(&WAYS), draw.of(&NAMES))
}

fn postal(draw: &mut Draw) -> String {
    let code = format!("{}{}", draw.of(&["29", "76", "94", "971", "2A", "06"]).replace("2A", "20"), "000");
    let code = &code[..5];
    match draw.below(5) {
        0 => format!("{} ({code})", town(draw)),
        1 => format!("{} {} {}", &code[..2], &code[2..], town(draw)),
        2 => format!("{code} {} CEDEX {}", town(draw).to_uppercase(), 1 + draw.below(9)),
        _ => format!("{code} {}", town(draw)),
    }
}

fn phone(draw: &mut Draw) -> String {
    let rest = format!("{}{}", 1 + draw.below(9), draw.digits(8));
    match draw.below(6) {
        0 => format!("+33{rest}"),
        1 => format!("+33 (0){}", group(&rest, &[1, 2, 2, 2, 2], " ")),
        2 => format!("0033 {}", group(&rest, &[1, 2, 2, 2, 2], " ")),
        3 => format!("+213 {}", group(&rest, &[3, 3, 3], " ")),
        _ => group(&format!("0{rest}"), &[2, 2, 2, 2, 2], draw.of(&["", " ", ".", "-"])),
    }
}

fn email(draw: &mut Draw) -> String {
    format!(
        "{}{}{}",
        draw.of(&["a.morvan", "karim_belkacem75", "josephdiallo"]),
        draw.of(&["@", "@", " (at) ", " @ ", "[at]"]),
        draw.of(&["exemple.fr", "mail.com", "poste.net"])
    )
}

fn nir(draw: &mut Draw) -> String {
    let number =
        format!("{}{:02}{:02}{:02}{}", 1 + draw.below(2), draw.below(100), 1 + draw.below(12), 1 + draw.below(95), draw.digits(6));
    let key = 97 - number.parse::<u64>().expect("digits") % 97;
    let sign = draw.of(&["", " ", " ", "."]);
    let number = group(&number, &[1, 2, 2, 2, 3, 3], sign);
    match draw.below(4) {
        0 => number,
        1 => format!("{number} clé {key:02}"),
        _ => format!("{number}{sign}{key:02}"),
    }
}

fn iban(draw: &mut Draw) -> String {
    let account = draw.digits(23);
    // "FR00" after the account, letters as numbers, is what the key is computed on.
    let rest = format!("{account}152700").bytes().fold(0, |rest, byte| (rest * 10 + u64::from(byte - b'0')) % 97);
    group(&format!("FR{:02}{account}", 98 - rest), &[4, 4, 4, 4, 4, 4, 3], draw.of(&["", " ", " "]))
}

fn card(draw: &mut Draw) -> String {
    let number = "4".to_owned() + &draw.digits(14);
    group(&(number.clone() + &luhn(&number).to_string()), &[4, 4, 4, 4], draw.of(&["", " ", "-"]))
}

fn siret(draw: &mut Draw) -> String {
    let siren = draw.digits(8);
    let siren = siren.clone() + &luhn(&siren).to_string();
    let rest = siren + &draw.digits(4);
    group(&(rest.clone() + &luhn(&rest).to_string()), &[3, 3, 3, 5], draw.of(&["", " "]))
}

/// The digit that makes Luhn's sum a multiple of ten.
fn luhn(digits: &str) -> u32 {
    let doubled = |(place, digit): (usize, u32)| if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit };
    (10 - digits.chars().rev().filter_map(|digit| digit.to_digit(10)).enumerate().map(doubled).sum::<u32>() % 10) % 10
}

fn group(number: &str, sizes: &[usize], sign: &str) -> String {
    let mut rest = number;
    let parts: Vec<&str> = sizes
        .iter()
        .map(|size| {
            let (part, left) = rest.split_at(*size.min(&rest.len()));
            rest = left;
            part
        })
        .collect();
    parts.join(sign)
}
