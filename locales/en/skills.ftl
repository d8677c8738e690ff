# Know-how to keep.
skills-title = Strategic skills
skills-lead = What our staff can do and what we want to keep, whatever tools do. The rarest first.
skills-none = No skill is declared yet.
skill-name = Skill
skill-name-hint = “Knowing the departments”, “processing an aid by hand”
skill-why = Why it matters
skill-why-hint = What would be lost with it
skill-holders = How many people hold it today
skill-held-by = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
skill-safe = No system says that it puts it at risk.
skill-at-risk = Systems that put it at risk
skill-without = Done without the tool
skill-drill = Last day without the tool
skill-add = Declare a skill
skill-add-button = Declare
skills-at-risk = Skills that this tool puts at risk
skills-at-risk-hint = Empty if none. The administration’s list:
skills-quota = Share of the cases done without the tool
skills-quota-hint = In percent: 20 for one case in five. Empty if none.
skills-continuity = If the tool stops
skills-continuity-hint = How the service goes on, from the same day
fact-quota = Done without the tool
fact-skills = At risk
fact-drill = Day without the tool
drill-title = Record a day without the tool
drill-hint = The service worked without the tool, on purpose, to know that it can.
drill-on = When
drill-until = This shows it until
drill-until-hint = One year at most is reasonable.
drill-result = What it showed
drill-result-hint = What held, what was missing, what changes
drill-told = On { $x }, valid until { $y }
drill-never = never
skills-open = See the skills
