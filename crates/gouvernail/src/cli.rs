//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use gouvernail_footprint::Range;
use gouvernail_interchange::Format;
use gouvernail_store::Role;

/// The rudder between an administration and its AI.
#[derive(Debug, Parser)]
#[command(name = "gouvernail", version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a commented configuration file.
    Init {
        /// Where to write it.
        #[arg(default_value = "gouvernail.toml")]
        file: PathBuf,
    },
    /// Run the gateway and the pages.
    Serve(ConfigFile),
    /// Say whether a configuration can be used, with the keys and the rules that it names; nothing is started or changed.
    Check(ConfigFile),
    /// People who can sign in.
    #[command(subcommand)]
    People(People),
    /// Records of systems, to and from the registers of others.
    #[command(subcommand)]
    Register(Register),
    /// Cases of citizens.
    #[command(subcommand)]
    Case(Case),
    /// Run an independent observatory over public logs.
    Observatory(Observatory),
    /// Verify a transparency log.
    #[command(subcommand)]
    Log(Log),
    /// Verify a citizen's receipt.
    #[command(subcommand)]
    Receipt(Receipt),
    /// Training modules.
    #[command(subcommand)]
    Training(Training),
    /// Requirement packs: read them, try their examples, compare them, see what they ask of a system.
    #[command(subcommand)]
    Rules(Rules),
    /// Ask the questions of an evaluation set to candidate models, the smallest first, up to the first that passes.
    Evaluate(Evaluate),
    /// Questionnaires of impact studies.
    #[command(subcommand)]
    Study(Study),
    /// What one use of a model costs: energy, carbon, water, resources.
    #[command(subcommand)]
    Footprint(Footprint),
    /// Personal data in texts: find them, mask them, give them back; no server and no configuration.
    #[command(subcommand)]
    Privacy(Privacy),
    /// Play the whole story on a fictional town, then stay up to be explored.
    Demo(Demo),
}

/// A configuration file.
#[derive(Debug, Args)]
pub struct ConfigFile {
    /// Configuration file.
    #[arg(long, default_value = "gouvernail.toml", env = "GOUVERNAIL_CONFIG")]
    pub config: PathBuf,
}

/// `gouvernail people`
#[derive(Debug, Subcommand)]
pub enum People {
    /// Add somebody; the password is read from the first line of standard input.
    Add {
        /// Configuration file.
        #[command(flatten)]
        config: ConfigFile,
        /// Name as shown.
        #[arg(long)]
        name: String,
        /// Address that signs in.
        #[arg(long)]
        email: String,
        /// What the person may do; may be repeated.
        #[arg(long = "role", required = true, value_enum)]
        roles: Vec<RoleName>,
    },
    /// List everybody.
    List {
        /// Configuration file.
        #[command(flatten)]
        config: ConfigFile,
    },
}

/// `gouvernail privacy`: from standard input to standard output.
#[derive(Debug, Subcommand)]
pub enum Privacy {
    /// Say what is personal: {"id", "spans": [{"start", "end", "label", "score", "source"}]}, offsets in code points.
    Scan {
        /// Read one document on each line, {"id", "text", "known"?}, instead of one text.
        #[arg(long)]
        jsonl: bool,
        /// Do not use what lines say in "known" of the person of the case.
        #[arg(long, requires = "jsonl")]
        no_known: bool,
        /// Folder of the lists and of the recogniser of names that `scripts/fetch-names` and `scripts/fetch-ner` fetch; by default
        /// where they put them. Without them, fewer names are found, and standard error says so.
        #[arg(long, value_name = "DIR")]
        language: Option<PathBuf>,
    },
    /// Put placeholders in place of what is personal.
    Mask {
        /// Read one document on each line, {"id", "text", "known"?}, and write {"id", "text"}, instead of one text.
        #[arg(long)]
        jsonl: bool,
        /// Do not use what lines say in "known" of the person of the case.
        #[arg(long, requires = "jsonl")]
        no_known: bool,
        /// Folder of the lists and of the recogniser of names that `scripts/fetch-names` and `scripts/fetch-ner` fetch; by default
        /// where they put them. Without them, fewer names are found, and standard error says so.
        #[arg(long, value_name = "DIR")]
        language: Option<PathBuf>,
        /// Keep what gives the data back in this file, made for its owner only; a document that is in it goes on with its
        /// placeholders. Keep it apart from the masked text.
        #[arg(long, value_name = "FILE", required_unless_present = "with_vault")]
        vault: Option<PathBuf>,
        /// Write what gives the data back beside each masked text, as "vault": whoever gets the line gets the data.
        #[arg(long, requires = "jsonl", conflicts_with = "vault")]
        with_vault: bool,
    },
    /// Put the data back in place of placeholders.
    Restore {
        /// Read one document on each line, {"id", "text", "vault"?}, and write {"id", "text"}, instead of one text.
        #[arg(long)]
        jsonl: bool,
        /// The file that `mask` wrote; a line that holds its own vault does not need it.
        #[arg(long, value_name = "FILE", required_unless_present = "jsonl")]
        vault: Option<PathBuf>,
    },
}

/// `gouvernail register`
#[derive(Debug, Subcommand)]
pub enum Register {
    /// Read the records of another register: new systems are declared, known ones brought up to date, in one go.
    Import {
        /// Configuration file.
        #[command(flatten)]
        config: ConfigFile,
        /// Format of the file: nl, atrs, us, etalab, eu-annex8c or gouvernail.
        #[arg(long)]
        format: Format,
        /// Print what would be read as JSON and record nothing; no configuration is needed.
        #[arg(long)]
        dry_run: bool,
        /// Record the good records although others are refused.
        #[arg(long)]
        keep_good: bool,
        /// Address of the référent in whose name this is recorded.
        #[arg(long, required_unless_present = "dry_run")]
        author: Option<String>,
        /// The file.
        file: PathBuf,
    },
    /// Write the public fields of every record in the format of another register.
    Export {
        /// Configuration file.
        #[command(flatten)]
        config: ConfigFile,
        /// Format: nl, atrs, us, etalab, eu-annex8c or gouvernail.
        #[arg(long)]
        format: Format,
        /// Keys of the Dutch register: api, schema or listing; of the British one: listing.
        #[arg(long)]
        dialect: Option<String>,
        /// Where to write; standard output when there is none.
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

/// `gouvernail case`
#[derive(Debug, Subcommand)]
pub enum Case {
    /// Erase a case for ever: what is known of the person, the texts of the calls, the records and their salts. The log keeps
    /// its commitments, which then lead nowhere.
    Erase {
        /// Configuration file.
        #[command(flatten)]
        config: ConfigFile,
        /// Reference of the case in the administration's own software.
        reference: String,
    },
}

/// A role on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleName {
    /// Steers AI in the administration.
    Referent,
    /// May answer for a system.
    Owner,
    /// Decides on citizens' files.
    Agent,
    /// Authorises.
    Elected,
    /// Checks from outside the hierarchy.
    Inspector,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Referent => Self::Referent,
            RoleName::Owner => Self::Owner,
            RoleName::Agent => Self::Agent,
            RoleName::Elected => Self::Elected,
            RoleName::Inspector => Self::Inspector,
        }
    }
}

/// `gouvernail observatory`
#[derive(Debug, Args)]
pub struct Observatory {
    /// Its own data folder: its key, and what it cosigned.
    #[arg(long)]
    pub data: PathBuf,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:8400")]
    pub listen: SocketAddr,
    /// Its name, which is also that of its key.
    #[arg(long)]
    pub name: String,
    /// A log to follow: `URL VKEY`, where VKEY may be a file; may be repeated.
    #[arg(long = "log", num_args = 2, value_names = ["URL", "VKEY"], required = true)]
    pub logs: Vec<String>,
    /// Seconds between two rounds.
    #[arg(long, default_value_t = 60)]
    pub every: u64,
    /// Seconds without a new checkpoint after which a silence is shown.
    #[arg(long, default_value_t = 86_400)]
    pub silence: u64,
}

/// `gouvernail log`
#[derive(Debug, Subcommand)]
pub enum Log {
    /// Verify signatures, every entry and every tile.
    Verify {
        /// Folder or address of the log.
        source: String,
        /// The log's verifier key, or a file that holds it.
        #[arg(long)]
        vkey: String,
        /// Key of a witness whose signature is checked; may be repeated.
        #[arg(long)]
        witness: Vec<String>,
        /// An older checkpoint that this log must continue.
        #[arg(long)]
        old: Option<PathBuf>,
    },
}

/// `gouvernail receipt`
#[derive(Debug, Subcommand)]
pub enum Receipt {
    /// Verify a receipt offline, and show the record that it proves.
    Verify {
        /// The `.tlog-proof` file.
        file: PathBuf,
        /// The log's verifier key, or a file that holds it.
        #[arg(long)]
        vkey: String,
        /// Key of a witness whose signature is checked; may be repeated.
        #[arg(long)]
        witness: Vec<String>,
        /// The record that it proves; `NAME.json` beside `NAME.tlog-proof` otherwise.
        #[arg(long)]
        record: Option<PathBuf>,
        /// The entry's bytes; `NAME.tlog-proof.leaf` otherwise.
        #[arg(long)]
        leaf: Option<PathBuf>,
    },
}

/// `gouvernail rules`
#[derive(Debug, Subcommand)]
pub enum Rules {
    /// Read packs beside those that ship, and say what is wrong with them.
    Check {
        /// Folders of packs, each with a `requirements.cedar`.
        packs: Vec<PathBuf>,
    },
    /// Run the examples of the packs that ship and of these.
    Test {
        /// Folders of packs, each with an `examples.toml`.
        packs: Vec<PathBuf>,
    },
    /// What is asked of a system: what holds, what is missing, from which source, since when.
    Explain {
        /// Identifier of the system.
        system: String,
        /// Configuration file.
        #[command(flatten)]
        config: ConfigFile,
        /// Identifier of the agent who would call.
        #[arg(long)]
        person: Option<String>,
    },
    /// What changed between two packs: requirements, words, dates, conditions.
    Diff {
        /// Folder of the first, or the name of one that ships.
        before: PathBuf,
        /// Folder of the second, or the name of one that ships.
        after: PathBuf,
    },
    /// The propositions and the requirements that carry them out, as Markdown.
    Matrix,
}

/// `gouvernail training`
#[derive(Debug, Subcommand)]
pub enum Training {
    /// Say whether modules can be used, and where they cannot, with the line and the remedy.
    Check {
        /// Configuration file, for its `training_dir`.
        #[command(flatten)]
        config: ConfigFile,
        /// Files to check, NAME.fr.md or NAME.en.md; those of `training_dir` when none is given.
        files: Vec<PathBuf>,
    },
}

/// `gouvernail evaluate`
#[derive(Debug, Args)]
pub struct Evaluate {
    /// Description of the evaluation set (TOML).
    pub set: PathBuf,
    /// Candidate models of the manifest; every one whose weights are there, when none is named.
    #[arg(long)]
    pub model: Vec<String>,
    /// Program that serves a model, and its first arguments.
    #[arg(long, default_value = "scripts/engine", num_args = 1..)]
    pub engine: Vec<String>,
    /// Address, up to `/v1`, of a model host that runs already and serves the models named, smallest first; its key, if it asks for
    /// one, is in OPENAI_API_KEY.
    #[arg(long, requires = "model")]
    pub url: Option<String>,
    /// Where to write the reports as JSON.
    #[arg(long)]
    pub json: Option<PathBuf>,
    /// System of the register whose current version this evaluates: its result is recorded there.
    #[arg(long, requires = "author")]
    pub record: Option<String>,
    /// Address with which the référent who records it signs in.
    #[arg(long, requires = "record")]
    pub author: Option<String>,
    /// Configuration file, where a result is recorded.
    #[command(flatten)]
    pub config: ConfigFile,
}

/// `gouvernail study`
#[derive(Debug, Subcommand)]
pub enum Study {
    /// Check that questionnaires hold together; those that lend them sections are looked for beside them.
    Check {
        /// Questionnaires (TOML).
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Score answers, and print the result as JSON.
    Score {
        /// Questionnaire.
        file: PathBuf,
        /// Answers by question (JSON).
        #[arg(long)]
        answers: PathBuf,
        /// What the questionnaire is written in.
        #[arg(long, value_enum, default_value_t = StudyFormat::Gouvernail)]
        format: StudyFormat,
    },
}

/// What a questionnaire is written in.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum StudyFormat {
    /// As in `studies/`.
    Gouvernail,
    /// As the Government of Canada publishes its Algorithmic Impact Assessment.
    Surveyjs,
}

/// `gouvernail demo`
#[derive(Debug, Args)]
pub struct Demo {
    /// Folder that keeps everything of the demonstration.
    #[arg(long, default_value = "var/demo")]
    pub data: PathBuf,
    /// End after the story; exit status 0 only if every step held.
    #[arg(long)]
    pub once: bool,
    /// Program that serves the model, and its first arguments.
    #[arg(long, default_value = "scripts/engine", num_args = 1..)]
    pub engine: Vec<String>,
    /// Evaluation set that chooses the model.
    #[arg(long, default_value = "evaluations/orientation-courrier.toml")]
    pub evaluation: PathBuf,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}

/// `gouvernail footprint`
#[derive(Debug, Subcommand)]
pub enum Footprint {
    /// Estimate one use of a hosted model, as ranges, and print it as JSON.
    Estimate(Estimate),
    /// Run a command, read the processor's energy counters before and after it, and print what was used in between as JSON:
    /// by everything that this machine did meanwhile.
    Measure(Measure),
    /// The models known by name, and those who run them, as JSON.
    Models(FootprintData),
    /// The zones and their electricity factors, as JSON.
    Zones(FootprintData),
}

/// Where the data of `gouvernail footprint` are read.
#[derive(Debug, Args)]
pub struct FootprintData {
    /// Folder with `zones.json`, `models.json` or `comparisons.json`, or EcoLogits' own `electricity_mixes.json` and `models.json`;
    /// what it does not hold is taken from the program.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// `gouvernail footprint estimate`. A range is written `8..28`.
#[derive(Debug, Args)]
pub struct Estimate {
    /// Where the data are read.
    #[command(flatten)]
    pub data: FootprintData,
    /// Name of the model.
    #[arg(long)]
    pub model: Option<String>,
    /// Who runs it.
    #[arg(long)]
    pub provider: Option<String>,
    /// Parameters active for a token, in billions.
    #[arg(long)]
    pub active_params: Option<Range>,
    /// All parameters, in billions.
    #[arg(long, requires = "active_params")]
    pub total_params: Option<Range>,
    /// Tokens produced, hidden reasoning included.
    #[arg(long)]
    pub output_tokens: u64,
    /// Measured duration of the request, in seconds.
    #[arg(long)]
    pub latency: Option<f64>,
    /// Tokens per second of this host for this model.
    #[arg(long)]
    pub tps: Option<f64>,
    /// Seconds before the first token.
    #[arg(long)]
    pub ttft: Option<f64>,
    /// Zone of the electricity: ISO 3166-1 alpha-3, or WOR for the world.
    #[arg(long)]
    pub zone: Option<String>,
    /// Power usage effectiveness of the data centre.
    #[arg(long)]
    pub pue: Option<Range>,
    /// Water used on the site, litres per kWh of IT energy.
    #[arg(long)]
    pub wue: Option<Range>,
    /// Requests served together; the method assumes 64.
    #[arg(long)]
    pub batch_size: Option<f64>,
    /// Bits of one weight; the method assumes 16.
    #[arg(long)]
    pub quantization_bits: Option<f64>,
}

/// `gouvernail footprint measure`
#[derive(Debug, Args)]
pub struct Measure {
    /// Where the data are read.
    #[command(flatten)]
    pub data: FootprintData,
    /// Folder of the energy counters.
    #[arg(long, default_value = "/sys/class/powercap")]
    pub powercap: PathBuf,
    /// Zone of the electricity: ISO 3166-1 alpha-3, or WOR for the world.
    #[arg(long)]
    pub zone: String,
    /// Power usage effectiveness of the room: 1 for a desk.
    #[arg(long, default_value = "1")]
    pub pue: Range,
    /// Command to run.
    #[arg(last = true, required = true)]
    pub command: Vec<String>,
}
