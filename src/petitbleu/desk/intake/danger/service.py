"""What other rooms ask: what a text tells of, the alarm of it, and what whoever wrote is told."""

from __future__ import annotations

from petitbleu.desk.intake.classify.dangers import read as read
from petitbleu.desk.intake.danger.alarms import AGAIN as AGAIN
from petitbleu.desk.intake.danger.alarms import GRACE as GRACE
from petitbleu.desk.intake.danger.alarms import KIND as KIND
from petitbleu.desk.intake.danger.alarms import LOOK_SECONDS as LOOK_SECONDS
from petitbleu.desk.intake.danger.alarms import SUSPECTED as SUSPECTED
from petitbleu.desk.intake.danger.alarms import SUSPICION as SUSPICION
from petitbleu.desk.intake.danger.alarms import URGENCY as URGENCY
from petitbleu.desk.intake.danger.alarms import Told as Told
from petitbleu.desk.intake.danger.alarms import counted as counted
from petitbleu.desk.intake.danger.alarms import counted_with as counted_with
from petitbleu.desk.intake.danger.alarms import events as events
from petitbleu.desk.intake.danger.alarms import raise_in as raise_in
from petitbleu.desk.intake.danger.alarms import releases as releases
from petitbleu.desk.intake.danger.hearing import hear as hear
from petitbleu.desk.intake.danger.helping import country_of_address as country_of_address
from petitbleu.desk.intake.danger.helping import letter as letter
from petitbleu.desk.intake.danger.helping import page as page
from petitbleu.desk.intake.danger.helping import plan as plan
from petitbleu.desk.intake.danger.helping import words as words
from petitbleu.desk.intake.danger.reading import DANGER as DANGER
from petitbleu.desk.intake.danger.reading import NONE as NONE
from petitbleu.desk.intake.danger.reading import PERHAPS as PERHAPS
from petitbleu.desk.intake.danger.reading import Reading as Reading
