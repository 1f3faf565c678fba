"""What every room stands on: words, minutes, references, refusals and the desk."""
