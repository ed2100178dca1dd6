"""Declares the gate of commands, and how a second person agrees to one."""

from petitbleu import acts
from petitbleu.desk.workplace.command_line import service

acts.on_gate(service.gate)
acts.on_second(service.second)
