"""Legal clocks: dated data in, clocks of a case out (``from petitbleu.desk import law``)."""

from petitbleu.desk.reference.law.service import (
    KINDS as KINDS,
)
from petitbleu.desk.reference.law.service import (
    Clock as Clock,
)
from petitbleu.desk.reference.law.service import (
    Given as Given,
)
from petitbleu.desk.reference.law.service import (
    Kind as Kind,
)
from petitbleu.desk.reference.law.service import (
    Law as Law,
)
from petitbleu.desk.reference.law.service import (
    LawError as LawError,
)
from petitbleu.desk.reference.law.service import (
    Place as Place,
)
from petitbleu.desk.reference.law.service import (
    Rule as Rule,
)
from petitbleu.desk.reference.law.service import (
    Step as Step,
)
from petitbleu.desk.reference.law.service import (
    clock as clock,
)
from petitbleu.desk.reference.law.service import (
    derive as derive,
)
from petitbleu.desk.reference.law.service import (
    document as document,
)
from petitbleu.desk.reference.law.service import (
    duty as duty,
)
from petitbleu.desk.reference.law.service import (
    kind as kind,
)
from petitbleu.desk.reference.law.service import (
    kinds as kinds,
)
from petitbleu.desk.reference.law.service import (
    load_law as load_law,
)
from petitbleu.desk.reference.law.service import (
    step as step,
)
