"""Reviewing calls: people listen again, judge what was found, and the agent has a say."""
