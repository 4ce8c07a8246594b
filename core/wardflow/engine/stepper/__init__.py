"""The token stepper: small functions by topic, each naming the section of BPMN 2.0.2 it follows."""
