"""What components are given to show."""

import reflex as rx

Words = str | rx.Var[str]
Content = rx.Component | Words
