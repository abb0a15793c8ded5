"""``pyramid sweep``: levers, uncertainties, policies and stresses over a design, ranked, kept, extended and drawn."""
