"""Legal clocks: dated data in, clocks of a case out (``from petitbleu.desk import law``)."""

from petitbleu.desk.law.service import (
    KINDS as KINDS,
)
from petitbleu.desk.law.service import (
    Clock as Clock,
)
from petitbleu.desk.law.service import (
    Given as Given,
)
from petitbleu.desk.law.service import (
    Kind as Kind,
)
from petitbleu.desk.law.service import (
    Law as Law,
)
from petitbleu.desk.law.service import (
    LawError as LawError,
)
from petitbleu.desk.law.service import (
    Place as Place,
)
from petitbleu.desk.law.service import (
    Rule as Rule,
)
from petitbleu.desk.law.service import (
    Step as Step,
)
from petitbleu.desk.law.service import (
    clock as clock,
)
from petitbleu.desk.law.service import (
    derive as derive,
)
from petitbleu.desk.law.service import (
    document as document,
)
from petitbleu.desk.law.service import (
    duty as duty,
)
from petitbleu.desk.law.service import (
    kind as kind,
)
from petitbleu.desk.law.service import (
    kinds as kinds,
)
from petitbleu.desk.law.service import (
    load_law as load_law,
)
from petitbleu.desk.law.service import (
    step as step,
)
