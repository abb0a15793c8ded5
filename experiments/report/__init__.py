"""The report: figures and a bilingual page, made from a results folder and nothing else."""
