"""Claims: experiments that test what the model is said to show, with a verdict, a size, and how robust both are."""
