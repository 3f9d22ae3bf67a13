"""Real trials, planned: firms of people are randomised, asked, and analysed as they would be; with what power?"""
