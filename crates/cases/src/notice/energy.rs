//! Energy as a range without false precision, and beside something that everybody has at home.

use super::Lang;

/// Power of the lamp that energy is compared with, watts: an LED bulb of about 800 lumens, which replaces one of 60 W
/// (energy labels of Regulation (EU) 2019/2015 give 7 to 9 W for that flux).
const LAMP_W: f64 = 8.0;

/// "entre 0,02 et 0,1 Wh", in Wh or kWh, never more precise than two figures.
pub fn energy_in_words(low_wh: f64, high_wh: f64, lang: Lang) -> String {
    let (unit, scale) = if high_wh < 1000.0 { ("Wh", 1.0) } else { ("kWh", 1000.0) };
    let (low, high) = (two_figures(low_wh / scale, lang), two_figures(high_wh / scale, lang));
    let range = match lang {
        _ if low == high => high,
        Lang::Fr => format!("entre {low} et {high}"),
        Lang::En => format!("{low} to {high}"),
    };
    format!("{range}\u{a0}{unit}")
}

/// "une ampoule LED allumée pendant 2 à 9 minutes".
pub fn everyday(low_wh: f64, high_wh: f64, lang: Lang) -> String {
    let seconds = |wh: f64| wh * 3600.0 / LAMP_W;
    let (low, high) = (seconds(low_wh), seconds(high_wh));
    let (unit, scale) = match high {
        ..90.0 => (0, 1.0),
        90.0..5400.0 => (1, 60.0),
        _ => (2, 3600.0),
    };
    let (low, high) = ((low / scale).round(), (high / scale).round());
    let unit = match lang {
        Lang::Fr => ["seconde", "minute", "heure"],
        Lang::En => ["second", "minute", "hour"],
    }[unit];
    let plural = if high > 1.0 { "s" } else { "" };
    let time = match lang {
        Lang::Fr if high < 1.0 => "moins d’une seconde".to_owned(),
        Lang::En if high < 1.0 => "less than a second".to_owned(),
        _ if low == high => format!("{high} {unit}{plural}"),
        Lang::Fr if low < 1.0 => format!("{high} {unit}{plural} au plus"),
        Lang::En if low < 1.0 => format!("{high} {unit}{plural} at most"),
        Lang::Fr => format!("{low} à {high} {unit}{plural}"),
        Lang::En => format!("{low} to {high} {unit}{plural}"),
    };
    match lang {
        Lang::Fr => format!("une ampoule LED allumée pendant {time}"),
        Lang::En => format!("an LED bulb lit for {time}"),
    }
}

/// Two significant figures, with the comma or the point of the language.
fn two_figures(value: f64, lang: Lang) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let magnitude = value.abs().log10().floor();
    let unit = 10_f64.powf(magnitude - 1.0);
    let rounded = (value / unit).round() * unit;
    let decimals = if magnitude >= 1.0 { 0 } else { (1.0 - magnitude) as usize };
    let text = format!("{rounded:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
    match lang {
        Lang::Fr => text.replace('.', ","),
        Lang::En => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn energy_is_a_range_without_false_precision() {
        assert_eq!(energy_in_words(0.002_345, 0.023_45, Lang::Fr), "entre 0,0023 et 0,023\u{a0}Wh");
        assert_eq!(energy_in_words(1234.0, 5678.0, Lang::En), "1.2 to 5.7\u{a0}kWh");
        assert_eq!(energy_in_words(12.0, 12.0, Lang::Fr), "12\u{a0}Wh");
        assert_eq!(energy_in_words(0.0, 0.0, Lang::Fr), "0\u{a0}Wh");
    }

    #[test]
    fn the_lamp_is_lit_for_a_time_that_one_can_picture() {
        for (low, high, fr) in [
            (0.0001, 0.001, "moins d’une seconde"),
            (0.001, 0.02, "9 secondes au plus"),
            (0.02, 0.1, "9 à 45 secondes"),
            (0.2, 1.0, "2 à 8 minutes"),
            (8.0, 16.0, "1 à 2 heures"),
            (0.4, 0.4, "3 minutes"),
        ] {
            assert_eq!(everyday(low, high, Lang::Fr), format!("une ampoule LED allumée pendant {fr}"), "{low} {high}");
        }
        assert_eq!(everyday(0.02, 0.1, Lang::En), "an LED bulb lit for 9 to 45 seconds");
    }
}
