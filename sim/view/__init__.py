"""What people look at: tables, sentences, charts and generated pages, all made from results and statistics."""
